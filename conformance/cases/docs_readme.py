"""README.md: its commands, its page and its script, as they are written, give what it shows. Only the port differs."""

import os
import re
import shlex
import shutil
import subprocess

from blackbox.browser import Browser
from blackbox.repository import ROOT, blocks, ours, read, run, section
from conform import Skip, case, eq, matches, ok

PROGRAM = "dist/target/tinysse/bin/tinysse"
ADDRESS = "127.0.0.1:1983"


def quick_start():
    return section(read("README.md"), "Quick start")


def here(t, text):
    return text.replace(ADDRESS, f"127.0.0.1:{t.port}")


def shell(t, command, output):
    """A command in a shell, as a user types it; its output is written to a file."""
    return subprocess.Popen(["sh", "-c", command], cwd=t.dir, stdin=subprocess.DEVNULL, stdout=output,
                            stderr=subprocess.DEVNULL, start_new_session=True)


def contents(t, name):
    with open(t.path(name), encoding="utf-8") as file:
        return file.read()


def needs_curl(t):
    ours(t)
    if not shutil.which("curl"):
        raise Skip("the commands need curl")


@case("docs", "the quick start of README.md: curl subscribes and publishes, and shows the documented text", start=False)
def readme_quick_start(t):
    needs_curl(t)
    subscribe, publish = [block.text for block in blocks(quick_start(), "sh")]
    shown = blocks(quick_start(), "")[0].text
    response = re.search(r'`(\{"queued".*?\})`', quick_start()).group(1)
    t.start()
    with open(t.path("stream"), "wb") as output:
        subscriber = shell(t, "exec " + here(t, subscribe), output)
    try:
        t.wait(lambda: contents(t, "stream"), "the first bytes of the stream")
        eq([response_to(t, command) for command in publish.splitlines()], [response] * 2, "responses")
        t.wait(lambda: len(contents(t, "stream")) >= len(shown), f"as much as {shown!r}")
        eq(contents(t, "stream"), shown, "output of the subscriber")
    finally:
        subscriber.kill()
        subscriber.wait()


def response_to(t, command):
    with open(t.path("response"), "wb") as output:
        eq(shell(t, "exec " + here(t, command), output).wait(t.patience), 0, f"exit status of {command}")
    return contents(t, "response").strip()


@case("docs", "the page of README.md shows messages in two tabs, and publishes", start=False)
def readme_page(t):
    ours(t)
    page = blocks(quick_start(), "html")[0].text
    ok(page.count("\n") <= 15, f"{page.count(chr(10))} lines")
    with Browser(t.dir, patience=60) as browser:
        t.start()
        path = t.write("page.html", here(t, page).encode())
        tabs = [browser.open("file://" + path) for _ in range(2)]
        t.wait(lambda: t.publish("from curl")["subscribers"] == 2, "both tabs have subscribed")
        tabs[0].evaluate("document.querySelector('input').value = 'from the form'; document.querySelector('form').requestSubmit(); 0")
        for tab in tabs:
            tab.wait("document.querySelector('ul').lastElementChild?.textContent", "from the form")


@case("docs", "the script of README.md: check lists its hooks, curl needs the role, it hides internal events, it is reloaded",
      start=False)
def readme_script(t):
    needs_curl(t)
    part = section(read("README.md"), "A script")
    (script,), (commands,) = blocks(part, "lua"), blocks(part, "sh")
    name = re.match(r"-- (\S+\.lua):", script.text).group(1)
    t.write(name, script.text)
    *tinysse, rejected, accepted = commands.text.splitlines()
    check, serve = [shlex.split(line, comments=True) for line in tinysse]
    eq((check[0], serve[0]), (PROGRAM, PROGRAM), "the program")
    status, lines = run(t, *check[1:])
    eq((status, lines), (0, [f"{name}: hooks: message publish"]), "output of check")
    t.start(serve[1:])
    t.may_exit = False
    for command in (rejected, accepted):
        eq(response_to(t, command), command.partition("# ")[2], f"output of {command}")
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


@case("docs", "README.md has at most 130 lines, and the two commands for a fresh machine in the first twenty", start=False,
      original="differs: ours")
def readme_length(t):
    ours(t)
    lines = read("README.md").splitlines()
    ok(len(lines) <= 130, f"{len(lines)} lines")
    first = "\n".join(lines[:20])
    ok("mvn -q package -DskipTests && " + PROGRAM in first and "mvn verify" in first, "the two commands")


@case("docs", "each link between documents leads to a file, and each anchor to a heading", start=False, original="differs: ours")
def links(t):
    ours(t)
    broken = []
    for path in documents():
        text = re.sub(r"^```.*?^```$", "", read(path), flags=re.M | re.S)
        for target in re.findall(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"", text):
            target = target[0] or target[1]
            if re.match(r"https?:|mailto:", target):
                continue
            file, _, anchor = target.partition("#")
            there = os.path.normpath(os.path.join(os.path.dirname(path), file)) if file else path
            if not os.path.exists(os.path.join(ROOT, there)):
                broken.append(f"{path}: {target}")
            elif anchor and anchor not in anchors(read(there)):
                broken.append(f"{path}: {target}: no such heading")
    eq(broken, [], "broken links")


def documents():
    found = [name for name in os.listdir(ROOT) if name.endswith(".md") and name != "CHANGELOG.md"]
    for top in ("docs", "bench", "conformance", "examples"):
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            found += [os.path.relpath(os.path.join(folder, name), ROOT) for name in names
                      if name.endswith(".md") and "target" not in folder and "node_modules" not in folder]
    return sorted(found)


def anchors(markdown):
    """The anchors of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", markdown, flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@case("docs", "README.md and the list of examples name every example, with its hooks", start=False)
def readme_examples(t):
    ours(t)
    ok("examples/lua" in read("README.md"), "README.md does not name the examples")
    rows = re.findall(r"^\| \[\S+?\]\((\S+?)\) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$",
                      read("examples", "lua", "README.md"), re.M)
    ok(len(rows) >= 8, f"only {len(rows)} examples")
    for path, hooks, packages in rows:
        source = read("examples", "lua", path)
        defined = re.findall(r"^function (\w+)\(", source, re.M)
        eq(sorted(re.findall(r"`(\w+)`", hooks)), sorted(defined), f"hooks of {path}")
        eq(re.findall(r"`(\w+)`", packages), sorted(re.findall(r'require "(\w+)"', source)), f"packages of {path}")
        matches(r"(?s)^-- .*\n--   tinysse .*curl", source, f"top of {path}")
