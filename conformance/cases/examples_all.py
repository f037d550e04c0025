"""Checks of all scripts in examples/lua: check and test accept them, and the commands at their top work."""

import re
import shlex
import shutil
import subprocess

from blackbox.repository import examples, read, run, start_example
from conform import Skip, case, eq, matches, ok


@case("examples", "tinysse check finds nothing wrong with any example", start=False)
def examples_check(t):
    files = examples(tests=False)
    ok(len(files) >= 8, f"only {len(files)} examples")
    exit_status, lines = run(t, "check", *files)
    eq(exit_status, 0, "exit status with the output " + " | ".join(lines))


@case("examples", "the tests beside the examples pass", start=False)
def examples_tests(t):
    files = examples(tests=True)
    ok(len(files) >= 3, f"only {len(files)} files with tests")
    exit_status, lines = run(t, "test", *files)
    eq((exit_status, [line for line in lines if line.startswith("FAIL")]), (0, []), "exit status and failures")
    matches(r"^[1-9]\d* passed, 0 failed$", lines[-1], "last line")


@case("examples", "each curl command at the top of an example gets the status that stands beside it, "
                  "or else with 202, or with 200 if it subscribes", start=False)
def examples_commands(t):
    if not shutil.which("curl"):
        raise Skip("needs curl")
    for path in examples(tests=False):
        head = re.findall(r"^--   (.*)$", read(path), re.M)
        env = dict(word.split("=", 1) for line in head for word in shlex.split(line)[1:]
                   if line.startswith("export ") and "$(" not in line)
        start_example(t, path, ["--script-tick", "50ms"], env)
        commands = [line for line in head if re.match(r"curl [^#…]+(#|$)", line)]
        ok(commands, f"no command in {path}")
        running = [(command, curl(command, t.port)) for command in commands]
        for command, process in running:
            said = re.search(r"# (\d{3})\b", command)
            want = said.group(1) if said else "200" if " -N " in command else "202"
            eq(process.communicate(timeout=30)[0].decode(), want, f"status for {command}")


def curl(command, port):
    """Runs a command line in a shell, for two seconds at most; it prints the status and nothing else."""
    quiet = "curl -s -o /dev/null -w '%{http_code}' --max-time 2 "
    return subprocess.Popen(["sh", "-c", quiet + command.removeprefix("curl ").replace("1983", str(port))],
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
