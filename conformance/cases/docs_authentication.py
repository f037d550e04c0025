"""docs/guides/authentication.md: from a key to a browser with a token, by its commands as they are written."""

import json
import re
import shlex
import subprocess

from blackbox.browser import Browser
from blackbox.repository import blocks, ours, read, section
from blackbox.tokens import bearer
from conform import case, eq, matches

DOCUMENT = ("docs", "guides", "authentication.md")


def quick_start(kind):
    return [block.text for block in blocks(section(read(*DOCUMENT), "Quick start"), kind)]


def shell(t, line):
    command = f'tinysse() {{ {t.options.server} "$@"; }}\n' + line.replace("127.0.0.1:1983", f"127.0.0.1:{t.port}")
    return subprocess.run(["sh", "-c", command], cwd=t.dir, capture_output=True, text=True, timeout=60)


def log_in(t):
    """Executes the section up to the token, and returns the token."""
    ours(t)
    keys, use, _ = quick_start("sh")
    *make, start = keys.strip().splitlines()
    for line in make:
        eq(shell(t, line).returncode, 0, f"status of {line}")
    t.write("pages/index.html", quick_start("html")[0])
    t.start(shlex.split(start)[1:], cwd=t.dir)
    make_token, check = use.strip().splitlines()[:2]
    token = shell(t, re.fullmatch(r"token=\$\((.*)\)", make_token).group(1)).stdout.strip()
    checked = shell(t, check.replace('"$token"', token))
    eq(checked.returncode, 0, "status of the check")
    matches(r"subscribe: user\.42\.\*\*\n(.*\n)*valid\n", checked.stdout, "what the check prints")
    return token


@case("docs", "the quick start of the authentication guide: with the token curl gets the stream, without it a 401, elsewhere a 403",
      start=False)
def access_by_curl(t):
    token = log_in(t)
    t.sub("/sse/user.42.inbox", bearer(token)).leave()
    eq(t.get("/sse/user.42.inbox").status, 401, "without")
    eq(t.get("/sse/user.43.inbox", bearer(token)).status, 403, "elsewhere")


@case("docs", "the quick start of the authentication guide: a browser with the token in a cookie shows what is published", start=False)
def access_by_browser(t):
    token = log_in(t)
    page = open(t.path("pages/index.html"), encoding="utf-8").read()
    t.write("pages/index.html", page.replace('prompt("Token")', json.dumps(token)))
    with Browser(t.dir, patience=60) as browser:
        shown = browser.open(f"http://127.0.0.1:{t.port}/")
        t.wait(lambda: json.loads(shell(t, quick_start("sh")[2]).stdout)["subscribers"] == 1, "the browser's stream", 30)
        shown.wait("document.querySelector('ul').textContent", "hello")
