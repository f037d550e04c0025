"""docs/http-api.md: its examples and the rows of its error tables, executed as they are written. Only the port differs."""

import json
import os
import re
import shlex
import subprocess

from blackbox.repository import ours, read, section
from conform import case, eq, ok

ADDRESS = "http://127.0.0.1:1983"
ROW = re.compile(r"^\| `(.+?)` \| (\d{3}) \| `(.+?)` \|$", re.M)
EXAMPLE = re.compile(r"^```sh\n([^`]*?curl -i[^`]*?)```\n\n```http\n(.*?)```$", re.M | re.S)


def document():
    return read("docs", "http-api.md")


def rows(title):
    """Request, status and error of each row below a heading."""
    return ROW.findall(section(document(), title))


def curl(t, command, seconds="10"):
    """The response to a command that contains curl: head and body, without carriage returns."""
    command = command.replace(ADDRESS, f"http://127.0.0.1:{t.port}").replace("curl -i", f"curl -sS -m {seconds} -i")
    ended = subprocess.run(["sh", "-c", command], cwd=t.dir, capture_output=True, text=True, timeout=60)
    return ended.stdout.replace("\r", "")


def request(t, row, token=""):
    *options, path = shlex.split(row)
    words = [word.replace("TOKEN", token) for word in options]
    return curl(t, " ".join(["curl -i", *map(shlex.quote, words), shlex.quote(ADDRESS + path)]))


def pattern(text):
    return ".*?".join(map(re.escape, text.split("…")))


def check_rows(t, title, token=""):
    found = rows(title)
    ok(found, f"no rows below {title}")
    different = []
    for row, status, error in found:
        head, _, body = request(t, row, token).partition("\n\n")
        got = head.split(" ")[1], json.loads(body).get("error", body) if "\nContent-Type: application/json" in head else body
        if got[0] != status or not re.fullmatch(pattern(error), got[1], re.S):
            different.append((row, got, "documented", (status, error)))
    eq(different, [], f"rows below {title} with another response")


@case("docs", "each example of docs/http-api.md gives the documented response", start=False)
def http_api_examples(t):
    ours(t)
    t.start(shlex.split(re.search(r"^tinysse (.*)$", document(), re.M).group(1)), cwd=t.dir)
    found = EXAMPLE.findall(document())
    ok(len(found) > 6, f"only {len(found)} examples")
    for command, expected in found:
        head, _, body = expected.partition("\n\n")
        shown = curl(t, command, "1.5" if "-iN" in command else "10")
        got_head, _, got_body = shown.partition("\n\n")
        status, *headers = head.split("\n")
        eq(got_head.split("\n")[0], status, f"status of {command}")
        for header in filter(None, headers):
            ok(header in got_head.split("\n"), f"{command}: {header} is not in {got_head!r}")
        ok(re.match(pattern(body.rstrip("\n")), got_body, re.S), f"{command}: {got_body!r}, documented: {body!r}")


@case("docs", "each row of the error tables of docs/http-api.md gives the documented status and error", start=False)
def http_api_errors(t):
    ours(t)
    t.start(shlex.split(re.search(r"^tinysse (.*)$", document(), re.M).group(1)), cwd=t.dir)
    t.write("large", "x" * 70_000)
    t.post("data=first", "application/x-www-form-urlencoded", headers={"Idempotency-Key": "used"})
    for title in ("Subscribe errors", "Presence list", "Other paths", "Publish errors"):
        check_rows(t, title)


@case("docs", "each row about authentication in docs/http-api.md gives the documented status and error", start=False)
def http_api_authentication(t):
    ours(t)
    make = f"""openssl genpkey -algorithm ed25519 -out private.pem && openssl pkey -in private.pem -pubout -out public.pem &&
        {t.options.server} token make --key private.pem --sub anna --subscribe 'user.42.**' --publish 'orders.*' --expires 1h"""
    token = subprocess.run(["sh", "-c", make], cwd=t.dir, capture_output=True, text=True, timeout=60).stdout.strip()
    t.start(["--channels", "--jwt-key", os.path.join(t.dir, "public.pem")])
    check_rows(t, "Authentication", token)
