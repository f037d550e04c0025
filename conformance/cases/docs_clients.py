"""docs/clients.md: its programs print published messages, and exit at `bye`."""

import os
import re
import shutil
import subprocess
import time

from blackbox.browser import Browser
from blackbox.commands import OURS, Running, argv, environment
from blackbox.plugins import jdk
from blackbox.repository import blocks, ours, read, section
from conform import Skip, case, eq, ok

ARGS = ["--channels", "--history", "1000", "--serve-client"]
SAID = ["hello", "ü €", "three"]


def program(t, title, language):
    """The first block of a section, for the case's port."""
    ours(t)
    found = blocks(section(read("docs", "clients.md"), title), language)[0].text
    ok("127.0.0.1:1983" in found, f"no address in the program for {title}")
    return found.replace("127.0.0.1:1983", f"127.0.0.1:{t.port}")


def prints(t, command, env=None, patience=60):
    """The program prints what is published once it subscribes, and ends."""
    process = subprocess.Popen(command, cwd=t.dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**environment(), **(env or {})},
                               start_new_session=True)
    try:
        publish(t, lambda: process.poll() is None, patience)
        out, err = process.communicate(timeout=patience)
    finally:
        process.kill()
        process.wait()
    eq((process.returncode, out.decode().splitlines(), err), (0, SAID, b""), "what the program prints")


def publish(t, runs, patience):
    while t.publish(comment=["is somebody there?"], path="/sse/news")["subscribers"] == 0:
        ok(runs(), "the program has ended before it subscribed")
        time.sleep(0.05)
        patience -= 0.05
        ok(patience > 0, "the program does not subscribe")
    for text in [*SAID, "bye"]:
        t.publish(text, path="/sse/news")
    for _ in range(3):  # curl exits when it writes further data to the closed pipe
        time.sleep(0.2)
        t.publish("too late", path="/sse/news")


@case("docs", "docs/clients.md: the commands", args=ARGS, original=OURS)
def clients_commands(t):
    script = program(t, "Command line", "sh")
    folder = t.path("bin")
    os.mkdir(folder)
    with open(os.path.join(folder, "tinysse"), "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\nexec " + t.options.server + ' "$@"\n')
    os.chmod(os.path.join(folder, "tinysse"), 0o755)
    done = subprocess.run(["sh", "-ec", script], capture_output=True, timeout=60, check=False,
                          env=environment({"PATH": folder + ":" + os.environ["PATH"]}))
    eq((done.returncode, done.stdout.decode().splitlines()[2:], done.stderr), (0, ["hello", "one more"], b""), "output")


@case("docs", "docs/clients.md: EventSource", args=ARGS, original=OURS)
def clients_event_source(t):
    in_browser(t, "EventSource")


@case("docs", "docs/clients.md: tinysse.js", args=ARGS, original=OURS)
def clients_tinysse_js(t):
    in_browser(t, "tinysse.js")


def in_browser(t, title):
    path = t.write("page.html", program(t, title, "html").encode())
    with Browser(t.dir, patience=60) as browser:
        page = browser.open("file://" + path)
        publish(t, lambda: True, 60)
        page.wait("[...document.querySelectorAll('#news li')].map(item => item.textContent)", [*SAID, "bye"])


@case("docs", "docs/clients.md: curl", args=ARGS, original=OURS)
def clients_curl(t):
    script = program(t, "curl", "sh").replace("curl -s -d", "exit; curl -s -d")
    prints(t, ["sh", "-c", script])
    publishes = program(t, "curl", "sh").splitlines()[-1]
    stream = t.sub("/sse/news")
    subprocess.run(["sh", "-ec", publishes], capture_output=True, timeout=30, check=True)
    ok(stream.block().endswith("data: hello"), "what is published")


@case("docs", "docs/clients.md: Python", args=ARGS, original=OURS)
def clients_python(t):
    t.write("news.py", program(t, "Python", "python").encode())
    prints(t, ["python3", "news.py"])


@case("docs", "docs/clients.md: Go", args=ARGS, original=OURS)
def clients_go(t):
    go = shutil.which("go", path=os.environ.get("PATH", "") + ":/usr/local/go/bin:/usr/lib/go/bin")
    if not go:
        raise Skip("Go is not installed")
    t.write("news.go", program(t, "Go", "go").encode())
    built = subprocess.run([go, "build", "-o", "news", "news.go"], cwd=t.dir, capture_output=True, text=True, timeout=300, check=False,
                           env={**os.environ, "GOCACHE": t.path("go-cache"), "GOFLAGS": "-mod=mod", "GO111MODULE": "off"})
    eq((built.returncode, built.stderr), (0, ""), "the compiler")
    prints(t, ["./news"])


@case("docs", "docs/clients.md: Java", args=ARGS, original=OURS)
def clients_java(t):
    t.write("News.java", program(t, "Java", "java").encode())
    prints(t, [os.path.join(jdk(), "bin", "java"), "News.java"])
