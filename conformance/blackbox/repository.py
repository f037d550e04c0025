"""The examples and the documentation in the repository, for the cases that see whether they hold what they say."""

import os
import re
import shlex

from .checks import Skip

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXAMPLES = os.path.join(ROOT, "examples", "lua")


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def examples(*, tests):
    """The scripts in examples/lua, those with tests or those with hooks."""
    found = [os.path.join(folder, name) for folder, _, names in os.walk(EXAMPLES) for name in names
             if name.endswith(".lua") and name.endswith("_test.lua") == tests]
    return sorted(found)


def start_example(t, name, args=(), env=None):
    """Starts a server with an example, with the options that the command at its top has."""
    ours(t)
    path = os.path.join(EXAMPLES, name)
    return t.start(["--script", path, *options(path), *args], env=env)


def options(path):
    """The options of the command at the top of an example, but for its files."""
    command = re.search(r"^--   tinysse (.*)$", read(path), re.M)
    words = shlex.split(command[1], comments=True) if command else []
    found = []
    while words:
        word = words.pop(0)
        value = [words.pop(0)] if words and not words[0].startswith("--") else []
        if word not in ("--script", "--script-tick", "--serve-static-dir"):
            found += [word, *value]
    return found


def ours(t):
    if t.is_original:
        raise Skip("is about what the reference program does not have")


def run(t, *args, patience=120):
    """Runs one of the commands beside the server, such as `check`; hands back exit status and lines of output."""
    ours(t)
    t.needs_script()
    server = t.start(args, listen=False, wait=False)
    t.may_exit = True
    status = server.wait_exit(patience)
    return status, server.output()


class Block:
    """A fenced block of a Markdown file, and the last line of text above it."""

    def __init__(self, language, text, line, above):
        self.language, self.text, self.line, self.above = language, text, line, above


def blocks(markdown, language=None):
    """The fenced blocks of a text, or those of one language, in order. `line` is that of the first line inside."""
    found = []
    for match in re.finditer(r"^```(\w*)\n(.*?)^```$", markdown, re.M | re.S):
        above = markdown[:match.start()].rstrip().rpartition("\n")[2]
        found.append(Block(match.group(1), match.group(2), markdown.count("\n", 0, match.start(2)) + 1, above))
    return [block for block in found if language in (None, block.language)]


def section(markdown, title):
    """The text below a heading, down to the next heading of its level."""
    match = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^\1 |\Z)", markdown, re.M | re.S)
    if not match:
        raise KeyError(f"no heading: {title}")
    return match.group(2)
