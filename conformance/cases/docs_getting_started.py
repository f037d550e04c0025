"""docs/guides/getting-started.md: its commands, as they are written, give the documented result. Only the port differs."""

import json
import os
import shlex
import shutil
import subprocess

from blackbox.commands import environment
from blackbox.repository import blocks, ours, read, section
from conform import Skip, case, eq

DOCUMENT = ("docs", "guides", "getting-started.md")


def commands(t, title):
    """The blocks of shell below a heading, each as lines for the case's port."""
    return [block.text.replace("127.0.0.1:1983", f"127.0.0.1:{t.port}").splitlines()
            for block in blocks(section(read(*DOCUMENT), title), "sh")]


def contents(t, name):
    with open(t.path(name), encoding="utf-8") as file:
        return file.read()


def response(t, command):
    done = subprocess.run(["sh", "-c", command], cwd=t.dir, capture_output=True, text=True, timeout=30)
    eq(done.returncode, 0, f"exit status of {command}")
    return json.loads(done.stdout)


@case("docs", "the getting started guide: channels, resuming from an id, replay of a time, and a retry", start=False)
def getting_started(t):
    ours(t)
    if not shutil.which("curl"):
        raise Skip("the guide needs curl")
    start = commands(t, "Channels and history")[0][0]
    t.start(shlex.split(start)[1:], cwd=t.dir)
    _, (subscribe, *publish), (again, resume, recent) = commands(t, "Channels and history")
    started = []

    def stream(name, command, wanted):
        with open(t.path(name), "wb") as output:
            started.append(subprocess.Popen(["sh", "-c", "exec " + command], cwd=t.dir, stdin=subprocess.DEVNULL, stdout=output,
                                            stderr=subprocess.DEVNULL, start_new_session=True))
        t.wait(lambda: contents(t, name).endswith(wanted), f"{command} shows {wanted!r}")

    try:
        stream("first", subscribe, ": ok\n\n")
        own = response(t, publish[0])["id"]
        eq(response(t, publish[1])["id"], "7", "id of the second message")
        shown = f": ok\n\nid: {own}\ndata: hello\n\nid: 7\ndata: paid\n\n"
        t.wait(lambda: contents(t, "first") == shown, "output of the first terminal")
        response(t, again)
        stream("second", resume, ": ok\n\nid: 8\ndata: sent\n\n")
        stream("third", recent, ": ok\n\nid: 7\ndata: paid\n\nid: 8\ndata: sent\n\n")
        first, second = [response(t, command) for command in commands(t, "Retries")[0]]
        eq(first, second, "responses to a retry")
        t.wait(lambda: contents(t, "first").count("data: paid") == 2, "one message for both requests")
    finally:
        for subscriber in started:
            subscriber.kill()
            subscriber.wait()
    done = subprocess.run(["sh", "-c", f'tinysse() {{ {t.options.server} "$@"; }}\n'
                           + "\n".join(commands(t, "Publish and subscribe from a shell")[0])],
                          cwd=t.dir, capture_output=True, text=True, timeout=60, env=environment({"PATH": os.environ["PATH"]}))
    eq((done.returncode, done.stdout.splitlines()[-2:]), (0, ["hello", "hello again"]), "output of the commands")
