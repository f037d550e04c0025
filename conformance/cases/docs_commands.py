"""The commands and data of the documents that no other case executes."""

import json
import re
import shlex
import subprocess
import urllib.request

from blackbox.repository import blocks, ours, read, section
from blackbox.server import free_port
from conform import case, eq, matches, ok

GUIDES = ("docs", "guides")
SERVERS = {  # document and heading
    ("docs", "console.md"): None,
    ("docs", "presence.md"): None,
    (*GUIDES, "monitoring.md"): "Admin listener",
    (*GUIDES, "reverse-proxies.md"): "Client addresses",
}


def shell(path, title):
    text = read(*path)
    return blocks(section(text, title) if title else text, "sh")[0].text.strip().splitlines()


@case("docs", "the servers of the guides to the console, presence, monitoring and client addresses start with their commands", start=False,
      original="differs: ours")
def commands_of_servers(t):
    ours(t)
    users = blocks(read("docs", "presence.md"), "lua")[0]
    t.write("users.lua", users.text)
    for path, title in SERVERS.items():
        command, *requests = shell(path, title)
        ports = {old: str(free_port()) for old in re.findall(r"127\.0\.0\.1:(\d+)", command)}
        for old, new in ports.items():
            command = command.replace(f"127.0.0.1:{old}", f"127.0.0.1:{new}")
        program, *options = shlex.split(command)
        eq(program, "tinysse", "the program")
        if "--listen" in options:
            del options[options.index("--listen"):options.index("--listen") + 2]
        t.start(options, cwd=t.dir)
        eq(t.get("/healthz").status, 200, f"status of {command}")
        for request in requests:
            for old, new in ports.items():
                request = request.replace(f"127.0.0.1:{old}", f"127.0.0.1:{new}")
            ended = subprocess.run(["sh", "-c", request], capture_output=True, text=True, timeout=30)
            eq(json.loads(ended.stdout)["status"], "ready", f"output of {request}")
        if "--admin-listen" in options:
            address = options[options.index("--admin-listen") + 1]
            with urllib.request.urlopen(f"http://{address}/", timeout=10) as page:
                ok("Tiny SSE" in page.read().decode(), "the console")
        t.stop()


@case("docs", "the API key of the authentication guide is accepted with its permissions", start=False, original="differs: ours")
def command_of_api_keys(t):
    ours(t)
    (command,) = shell((*GUIDES, "authentication.md"), "API keys")
    ended = subprocess.run(["sh", "-c", command.replace("tinysse", t.options.server, 1)], capture_output=True, text=True, timeout=60)
    eq(ended.returncode, 0, "exit status")
    key, line = ended.stdout.strip().splitlines()[0].split()[-1], ended.stdout.strip().splitlines()[-1]
    matches(r"shop [0-9a-f]{64} .*publish:orders\.\*", line, "the line for --api-keys")
    t.write("keys", line + "\n")
    t.start(["--channels", "--api-keys", t.path("keys")])
    header = {"X-API-Key": key, "Content-Type": "application/x-www-form-urlencoded"}
    eq([t.request("POST", f"/sse/{name}", header, b"data=x").status for name in ("orders.1", "news")], [202, 403], "statuses")


@case("docs", "each block of JSON in the documents is JSON, and the gap of the history guide has the fields of a gap", start=False,
      original="differs: ours")
def data_of_documents(t):
    ours(t)
    found = [block for path in (("docs", "presence.md"), (*GUIDES, "authentication.md")) for block in blocks(read(*path), "json")]
    eq(len(found), 2, "blocks")
    for block in found:
        json.loads(block.text)
    gap = re.search(r"^event: tinysse\.gap\ndata: (.*)$", read(*GUIDES, "history.md"), re.M)[1]
    eq(sorted(json.loads(gap)), ["after", "channels", "reason"], "fields of the gap")
