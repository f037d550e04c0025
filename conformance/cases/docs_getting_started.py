"""docs/guides/getting-started.md: its commands, as they are written, give the documented output. Only the port differs."""

import json
import os
import re
import shlex
import shutil
import subprocess

from blackbox.browser import Browser
from blackbox.commands import environment
from blackbox.repository import blocks, ours, read, section
from conform import Skip, case, eq, ok

DOCUMENT = ("docs", "guides", "getting-started.md")
ADDRESS = "127.0.0.1:1983"
WITH_PAGE = ("Publish and subscribe", "A web page", "History and reconnects", "Retries")
WITHOUT_PAGE = ("A script", "A token", "Publish and subscribe from a shell")


class Reader:
    """
    A reader of the guide with three terminals and a browser. The terminal that the paragraph above a block names last has
    its command or its output; without one, it is that of the block before.
    """

    def __init__(self, t, browser=None):
        self.t, self.browser = t, browser
        self.page = self.subscriber = None
        self.terminal, self.last = 0, ""
        self.shown = {1: 0, 2: 0}  # characters of output that the guide has shown
        self.exports = []

    def follow(self, title):
        text = section(read(*DOCUMENT), title)
        found = blocks(text)
        ok(found, f"blocks of {title}")
        for block in found:
            named = re.findall(r"[Tt]erminal (\d)", self.above(text, block))
            if named:
                self.terminal = int(named[-1])
            getattr(self, block.language)(block.text, block)

    @staticmethod
    def above(text, block):
        """The paragraph above a block, which ends before its fence."""
        before = "\n".join(text.splitlines()[:block.line - 2])
        return before.rstrip().rpartition("\n\n")[2].rpartition("```")[2]

    def html(self, text, _):
        path = self.t.write("page.html", self.here(text).encode())
        self.page = self.browser.open("file://" + path)
        self.connected()

    def lua(self, text, block):
        name = re.match(r"-- (\S+\.lua):", text)[1]
        ok(f"`{name}`" in block.above, f"{block.above!r} names {name}")
        self.t.write(name, text)

    def sh(self, text, _):
        {1: self.serve, 2: self.subscribe, 3: self.run}[self.terminal](self.here(text))

    def text(self, expected, _):
        pattern = re.escape(self.here(expected)).replace("…", ".+")
        if self.terminal == 3:
            ok(re.fullmatch(pattern.rstrip("\\\n"), self.last.rstrip("\n")), f"{self.last!r} is not {expected!r}")
        else:
            self.t.wait(lambda: self.matched(pattern), f"terminal {self.terminal} shows {expected!r}: {self.output()[-500:]!r}")

    def matched(self, pattern):
        """Whether the output after what the guide has shown is this; of the server's log, whether it contains this."""
        at, output = self.shown[self.terminal], self.output()
        compiled = re.compile(pattern)
        found = compiled.search(output, at) if self.terminal == 1 else compiled.fullmatch(output, at)
        if found:
            self.shown[self.terminal] = found.end()
        return found

    def output(self):
        if self.terminal == 1:
            return "".join(line + "\n" for line in self.t.server.output())
        with open(self.t.path("stream"), encoding="utf-8") as file:
            return file.read()

    def serve(self, command):
        program, *options = shlex.split(command)
        eq(program, "tinysse", "the program")
        port = None
        if self.t.server:
            port = self.t.port
            self.t.stop()
        self.t.start(options, cwd=self.t.dir, port=port)
        self.shown[1] = 0
        if self.page:
            self.connected()

    def connected(self):
        self.page.wait("document.querySelector('p')?.textContent", "connected")

    def subscribe(self, command):
        self.close()
        with open(self.t.path("stream"), "wb") as output:
            self.subscriber = subprocess.Popen(["sh", "-c", "exec " + command], cwd=self.t.dir, stdin=subprocess.DEVNULL,
                                               stdout=output, stderr=subprocess.DEVNULL, start_new_session=True)
        self.shown[2] = 0
        self.t.wait(lambda: self.output().startswith(": ok\n\n"), f"the stream of {command}")

    def run(self, commands):
        script = "\n".join([f'tinysse() {{ {self.t.options.server} "$@"; }}', *self.exports, commands])
        done = subprocess.run(["sh", "-c", script], cwd=self.t.dir, capture_output=True, text=True, timeout=60,
                              env=environment({"PATH": os.environ["PATH"]}))
        eq(done.returncode, 0, f"exit status of {commands}")
        self.exports += [line for line in commands.splitlines() if line.startswith("export ")]
        self.last = done.stdout

    def close(self):
        if self.subscriber:
            self.subscriber.kill()
            self.subscriber.wait()
            self.subscriber = None

    def here(self, text):
        return text.replace(ADDRESS, f"127.0.0.1:{self.t.port}") if self.t.port else text


def needs_curl(t):
    ours(t)
    if not shutil.which("curl"):
        raise Skip("the guide needs curl")


@case("docs", "the getting started guide: curl and a page subscribe, resume and replay; a retry publishes once", start=False)
def getting_started(t):
    needs_curl(t)
    with Browser(t.dir, patience=60) as browser:
        reader = Reader(t, browser)
        try:
            for title in WITH_PAGE:
                reader.follow(title)
            items = "JSON.stringify([...document.querySelectorAll('li')].map(item => item.textContent))"
            reader.page.wait(items, json.dumps(["hello, page", "paid", "sent", "refunded"], separators=(",", ":")))
        finally:
            reader.close()


@case("docs", "the getting started guide: a script changes messages and is reloaded, a token is required, pub and sub use it",
      start=False)
def getting_started_with_a_script(t):
    needs_curl(t)
    reader = Reader(t)
    try:
        for title in WITHOUT_PAGE:
            reader.follow(title)
    finally:
        reader.close()
