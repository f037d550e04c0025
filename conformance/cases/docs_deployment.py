"""docs/guides/deployment.md: its commands with TLS, addresses and containers are those that the server and the Dockerfile accept."""

import os
import re
import shlex
import ssl
import urllib.request

from blackbox.certificates import certificate, trusting
from blackbox.repository import blocks, ours, read, section
from blackbox.server import free_port
from conform import case, eq, ok

DOCUMENT = ("docs", "guides", "deployment.md")


def options(t, title, addresses):
    """The options of the command below a heading, with other addresses and with a certificate."""
    (command,) = [block.text for block in blocks(section(read(*DOCUMENT), title), "sh")]
    for old, new in addresses.items():
        ok(old in command, f"{old} is not in {command}")
        command = command.replace(old, new)
    cert, key = certificate(t)
    program, *words = shlex.split(command.replace("cert.pem", cert).replace("key.pem", key))
    eq(program, "tinysse", "the program")
    return words


def health(url):
    context = trusting() if url.startswith("https") else None
    with urllib.request.urlopen(url + "/healthz", timeout=10, context=context) as response:
        return response.status


@case("docs", "the server of the deployment guide serves TLS 1.3, with the certificate of the command", start=False, original="differs: ours")
def deployment_tls(t):
    ours(t)
    port = free_port()
    t.start(options(t, "TLS", {"0.0.0.0:8443": f"127.0.0.1:{port}"}), listen=False, port=port)
    eq(health(f"https://127.0.0.1:{port}"), 200, "status")
    ok("-----BEGIN CERTIFICATE-----" in ssl.get_server_certificate(("127.0.0.1", port)), "certificate")


@case("docs", "the server of the deployment guide listens on a port, with TLS on another one, and on a Unix socket", start=False,
      original="differs: ours")
def deployment_addresses(t):
    ours(t)
    plain, tls, socket = free_port(), free_port(), t.path("tinysse.sock")
    addresses = {"127.0.0.1:1983": f"127.0.0.1:{plain}", "0.0.0.0:8443": f"127.0.0.1:{tls}", "/run/tinysse.sock": socket}
    t.start(options(t, "Listen addresses", addresses), listen=False, port=plain)
    eq((health(f"http://127.0.0.1:{plain}"), health(f"https://127.0.0.1:{tls}")), (200, 200), "statuses")
    ok(os.path.exists(socket), "the Unix socket")


@case("docs", "the exit statuses of the deployment guide: 0 for SIGTERM, 1 for a port in use, 2 for an invalid option", original="differs: ours")
def deployment_exit_status(t):
    ours(t)
    rows = dict(re.findall(r"^\| (\d) \| (.*?) \|$", section(read(*DOCUMENT), "Configuration"), re.M))
    ok("port in use" in rows["1"] and "invalid option" in rows["2"] and "SIGTERM" in rows["0"], f"rows: {rows}")
    first, port = t.server, t.port
    t.may_exit = True
    eq(t.start(["--listen", f"127.0.0.1:{port}"], listen=False, wait=False).wait_exit(30), 1, "port in use")
    eq(t.start(["--capacity", "0"], wait=False).wait_exit(30), 2, "invalid option")
    first.stop(t.options.grace)
    eq(first.wait_exit(30), 0, "SIGTERM")


@case("docs", "the volume and the port of the docker command are those of the Dockerfile", start=False, original="differs: ours")
def deployment_docker(t):
    ours(t)
    _, run = blocks(section(read(*DOCUMENT), "Docker"), "sh")[0].text.splitlines()
    dockerfile = read("deploy", "Dockerfile")
    ok("VOLUME " + re.search(r"-v tinysse:(/\S+)", run)[1] in dockerfile, "volume")
    ok("EXPOSE " + re.search(r"-p (\d+):", run)[1] in dockerfile, "port")
