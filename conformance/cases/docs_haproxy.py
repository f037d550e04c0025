"""docs/deploy/haproxy.cfg, as it is written: only addresses, files and the number of connections differ."""

import re
import signal
import time
import urllib.error
import urllib.request

from blackbox.browser import Browser
from blackbox.certificates import certificate, trusting
from blackbox.haproxy import Haproxy
from blackbox.repository import ours, read
from conform import case, eq, matches, ok

TABS = 10
OUTAGE = 4
SCRIPT = """
function subscribe(sub) print("came from " .. sub.req.addr.ip) return sub end
function unsubscribe(sub) print("gone") end
"""


def haproxy(t):
    site = t.write("site.pem", "".join(open(path, encoding="ascii").read() for path in certificate(t)))
    return Haproxy(t, read("docs/deploy/haproxy.cfg"), {
        "maxconn 32768": "maxconn 1000", "bind :443": "bind 127.0.0.1:{port}", "/etc/tinysse/site.pem": site,
        "127.0.0.1:1983\n": f"127.0.0.1:{t.port}\n"})


def request(proxy, headers, body=None):
    """Status, headers and text of the response."""
    wanted = urllib.request.Request(f"https://127.0.0.1:{proxy.port}/sse", body, headers)
    try:
        with urllib.request.urlopen(wanted, timeout=10, context=trusting()) as response:
            return response.status, response.headers, response.read(500).decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read(500).decode()


def available(t, proxy):
    """Waits until HAProxy has seen that the server is healthy."""
    t.wait(lambda: request(proxy, {}, b"data=x")[0] == 202, "HAProxy forwards to the server", 30)


@case("docs", "behind docs/deploy/haproxy.cfg ten tabs of one browser are live, and closing one is one unsubscribe", start=False)
def ten_tabs_behind_haproxy(t):
    ours(t)
    t.start(["--trusted-proxies", "127.0.0.1"], script=SCRIPT)
    with haproxy(t) as proxy, Browser(t.dir, 60, ["--ignore-certificate-errors"]) as browser:
        available(t, proxy)
        tabs = [browser.event_source(f"https://127.0.0.1:{proxy.port}/sse") for _ in range(TABS)]
        for tab in tabs:
            tab.wait("source.readyState", 1)
        t.publish("to all tabs")
        for tab in tabs:
            tab.wait("seen.at(-1)", "to all tabs")
        tabs[3].close()
        t.wait(lambda: t.server.output().count("gone") == 1, "one unsubscribe")
        eq(t.publish("to the others")["subscribers"], TABS - 1, "subscribers")
        eq(t.server.output().count("gone"), 1, "unsubscribes")


@case("docs", "behind docs/deploy/haproxy.cfg a browser reconnects after an outage, and no publish lacks Retry-After",
      start=False)
def browser_behind_haproxy(t):
    ours(t)
    t.start()
    with haproxy(t) as proxy, Browser(t.dir, 60, ["--ignore-certificate-errors"]) as browser:
        available(t, proxy)
        page = browser.event_source(f"https://127.0.0.1:{proxy.port}/sse")
        page.wait("source.readyState", 1)
        t.may_exit = True
        t.server.signal(signal.SIGTERM)
        eq(t.server.wait_exit(t.patience), 0, "exit status")
        end = time.monotonic() + OUTAGE
        while time.monotonic() < end:
            status, headers, _ = request(proxy, {"Accept": "*/*"}, b"data=x")
            eq((status, headers["Retry-After"]), (503, "1"), "a publish during the outage")
            time.sleep(0.2)
        eq(page.evaluate("source.readyState < 2"), True, "the browser still reconnects")
        t.start(port=t.port)
        t.wait(lambda: t.publish("after the outage")["subscribers"], "the browser reconnects", 60)
        page.wait("seen.at(-1)", "after the outage")


@case("docs", "docs/deploy/haproxy.cfg: without a node, a stream ends with a random retry, also when the node has just gone", start=False)
def streams_without_a_node_behind_haproxy(t):
    ours(t)
    t.start()
    with haproxy(t) as proxy:
        available(t, proxy)
        t.may_exit = True
        t.server.signal(signal.SIGKILL)
        t.server.wait_exit(t.patience)
        texts = set()
        for _ in range(20):
            status, headers, text = request(proxy, {"Accept": "text/event-stream"})
            eq((status, headers["Content-Type"]), (200, "text/event-stream"), "status and type")
            matches(r"\A: away\nretry: 2\d\d\d\n\n\Z", text, "the stream")
            texts.add(text)
        ok(len(texts) > 1, "the delays are equal")


@case("docs", "behind docs/deploy/haproxy.cfg the server logs the address of the client, also if the client sends Forwarded", start=False)
def client_address_behind_haproxy(t):
    ours(t)
    t.start(["--trusted-proxies", "127.0.0.1", "--timeout", "100ms"], script=SCRIPT)
    with haproxy(t) as proxy:
        available(t, proxy)
        forged = {"Accept": "text/event-stream", "Forwarded": "for=9.9.9.9", "X-Forwarded-For": "8.8.8.8"}
        eq(request(proxy, forged)[0], 200, "status")
        t.log(r"came from 127\.0\.0\.1")
        ok(not re.search(r"came from [89]\.", "\n".join(t.server.output())), "an address that the client has made up")
