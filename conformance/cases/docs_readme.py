"""README.md: its commands, as they stand there, give what it shows. Only the port is another."""

import json
import os
import re
import shlex
import shutil
import subprocess

from blackbox.browser import Browser
from blackbox.repository import blocks, ours, read, run, section
from conform import Skip, case, eq, matches, ok

PROGRAM = "dist/target/tinysse/bin/tinysse"
ADDRESS = "127.0.0.1:1983"


def tour():
    return section(read("README.md"), "A tour")


def here(t, text):
    return text.replace(ADDRESS, f"127.0.0.1:{t.port}")


def shell(t, command, output):
    """A command in a shell, as somebody would type it; what it prints goes into a file."""
    return subprocess.Popen(["sh", "-c", command], cwd=t.dir, stdin=subprocess.DEVNULL, stdout=output,
                            stderr=subprocess.DEVNULL, start_new_session=True)


def contents(t, name):
    with open(t.path(name), encoding="utf-8") as file:
        return file.read()


@case("docs", "the tour of README.md: curl subscribes and publishes, and shows what stands there", start=False)
def readme_tour(t):
    ours(t)
    if not shutil.which("curl"):
        raise Skip("the tour needs curl")
    subscribe, publish = [block.text for block in blocks(tour(), "sh")]
    shown = blocks(tour(), "")[0].text
    response = re.search(r'`(\{"queued".*?\})`', tour()).group(1)
    t.start()
    with open(t.path("stream"), "wb") as output:
        subscriber = shell(t, "exec " + here(t, subscribe), output)
    try:
        t.wait(lambda: contents(t, "stream"), "the subscriber gets something")
        responses = [response_to(t, command) for command in publish.splitlines()]
        eq(responses[0], response, "first response")
        eq([json.loads(text).keys() for text in responses], [json.loads(response).keys()] * 2, "fields of the responses")
        t.wait(lambda: len(contents(t, "stream")) >= len(shown), f"as much as {shown!r}")
        eq(contents(t, "stream"), shown, "what the first terminal shows")
    finally:
        subscriber.kill()
        subscriber.wait()


def response_to(t, command):
    with open(t.path("response"), "wb") as output:
        eq(shell(t, "exec " + here(t, command), output).wait(t.patience), 0, f"exit status of {command}")
    return contents(t, "response").strip()


@case("docs", "the line for a browser in README.md shows what is published", start=False)
def readme_browser(t):
    ours(t)
    script = re.search(r"`(new EventSource\(.*?)`", tour()).group(1)
    with Browser(t.dir, patience=60) as browser:
        t.start()
        page = browser.open(f"http://127.0.0.1:{t.port}/healthz")
        page.wait("location.port", str(t.port))
        page.evaluate("shown = []; console.log = text => shown.push(text); " + here(t, script) + "; 0")
        t.wait(lambda: t.publish("hello")["subscribers"], "the page has subscribed")
        page.wait("shown.at(-1)", "hello")


@case("docs", "channels and history in README.md: the commands subscribe, publish and come back as it says", start=False)
def readme_channels_and_history(t):
    ours(t)
    if not shutil.which("curl"):
        raise Skip("the tour needs curl")
    start, channels, history = [block.text.splitlines()
                                for block in blocks(section(read("README.md"), "Channels and history"), "sh")]
    t.start(shlex.split(start[0])[1:], cwd=t.dir)
    again, replayed, recent = history
    started = []

    def subscribe(name, command, wanted):
        with open(t.path(name), "wb") as output:
            subscriber = shell(t, "exec " + here(t, command), output)
        started.append(subscriber)
        t.wait(lambda: contents(t, name).endswith(wanted), f"{command} shows {wanted!r}")

    try:
        subscribe("first", channels[0], ": ok\n\n")
        own = json.loads(response_to(t, channels[1]))["id"]
        eq(json.loads(response_to(t, channels[2]))["id"], "7", "id of the second message")
        shown = f": ok\n\nid: {own}\ndata: hello\n\nid: 7\ndata: paid\n\n"
        t.wait(lambda: contents(t, "first") == shown, "what the first terminal shows")
        response_to(t, again)
        subscribe("second", replayed, ": ok\n\nid: 8\ndata: sent\n\n")
        subscribe("third", recent, ": ok\n\nid: 7\ndata: paid\n\nid: 8\ndata: sent\n\n")
    finally:
        for subscriber in started:
            subscriber.kill()
            subscriber.wait()


@case("docs", "the script of README.md: found right by check, hides what is internal, is watched", start=False)
def readme_script(t):
    ours(t)
    part = section(read("README.md"), "A script")
    (script,), (commands,) = blocks(part, "lua"), blocks(part, "sh")
    name = re.match(r"-- (\S+\.lua):", script.text).group(1)
    t.write(name, script.text)
    check, serve = [shlex.split(line, comments=True) for line in commands.text.splitlines()]
    eq((check[0], serve[0]), (PROGRAM, PROGRAM), "the program")
    status, lines = run(t, *check[1:])
    eq((status, lines), (0, [f"{name}: hooks: message publish subscribe"]), "what check says")
    t.start(serve[1:])
    t.may_exit = False
    role = {"X-Role": "staff"}
    staff, guest = t.sub(headers=role), t.sub()
    eq(t.post_json({"data": "x"}).status, 403, "status for a guest")
    for event in ("internal", "news"):
        eq(t.post_json({"event": event, "data": event}, headers=role).status, 202, "status for the staff")
    staff.expect("event: internal\ndata: internal", "event: news\ndata: news")
    guest.expect("event: news\ndata: news")
    t.write(name, "function publish(pub) pub.msg.data = 'changed' return pub end")
    os.utime(t.path(name), (1, 1))
    t.log("Reloaded " + re.escape(name))
    t.publish("x")
    guest.expect("data: changed")


@case("docs", "README.md and the examples' own list name every example, with its hooks", start=False)
def readme_examples(t):
    ours(t)
    ok("examples/lua" in section(read("README.md"), "A script"), "README.md does not tell of the examples")
    rows = re.findall(r"^\| \[\S+?\]\((\S+?)\) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$",
                      read("examples", "lua", "README.md"), re.M)
    ok(len(rows) >= 8, f"only {len(rows)} examples")
    for path, hooks, packages in rows:
        source = read("examples", "lua", path)
        defined = re.findall(r"^function (\w+)\(", source, re.M)
        eq(sorted(re.findall(r"`(\w+)`", hooks)), sorted(defined), f"hooks of {path}")
        eq(re.findall(r"`(\w+)`", packages), sorted(re.findall(r'require "(\w+)"', source)), f"packages of {path}")
        matches(r"(?s)^-- .*\n--   tinysse .*curl", source, f"top of {path}")
