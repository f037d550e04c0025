"""The recipes of docs/deploy, as they stand there: only addresses and files are others."""

import time

from blackbox.browser import Browser
from blackbox.certificates import certificate
from blackbox.proxy import Caddy, Nginx
from blackbox.repository import ours, read
from conform import case, eq

TABS = 10
SCRIPT = """
function subscribe(sub) print("came from " .. sub.req.addr.ip) return sub end
function unsubscribe(sub) print("gone") end
"""


def nginx(t, cert, key):
    return Nginx(t, read("docs/deploy/nginx.conf"),
                 {"listen 443 ssl http2;": "listen 127.0.0.1:{port} ssl http2;", "http://127.0.0.1:1983": f"http://127.0.0.1:{t.port}",
                  "/etc/tinysse/cert.pem": cert, "/etc/tinysse/key.pem": key})


def caddy(t, cert, key):
    return Caddy(t, read("docs/deploy/Caddyfile"),
                 {"example.org {": "https://127.0.0.1:{port} {", "admin off": "admin off\n\tauto_https disable_redirects",
                  "127.0.0.1:1983": f"127.0.0.1:{t.port}", "/etc/tinysse/cert.pem": cert, "/etc/tinysse/key.pem": key})


def ten_tabs(t, proxy_of):
    ours(t)
    t.start(["--trusted-proxies", "127.0.0.1"], script=SCRIPT)
    with proxy_of(t, *certificate(t)) as proxy, Browser(t.dir, 60, ["--ignore-certificate-errors"]) as browser:
        tabs = [browser.event_source(f"https://127.0.0.1:{proxy.port}/sse") for _ in range(TABS)]
        for tab in tabs:
            tab.wait("source.readyState", 1)
        t.publish("to all tabs")
        for tab in tabs:
            tab.wait("seen.at(-1)", "to all tabs")
        eq(t.server.output().count("gone"), 0, "streams that have ended")
        closed = time.monotonic()
        tabs[3].close()
        t.wait(lambda: t.server.output().count("gone") == 1, "one unsubscribe")
        eq(time.monotonic() - closed < 1 + t.patience / 10, True, "within a second, and what a busy machine needs")
        eq(t.publish("to the others")["subscribers"], TABS - 1, "subscribers")
        for tab in tabs[:3] + tabs[4:]:
            tab.wait("seen.at(-1)", "to the others")
        eq(t.server.output().count("gone"), 1, "unsubscribes")


@case("docs", "behind docs/deploy/nginx.conf ten tabs of one browser are live, and closing one is one unsubscribe", start=False)
def ten_tabs_behind_nginx(t):
    ten_tabs(t, nginx)


@case("docs", "behind docs/deploy/Caddyfile ten tabs of one browser are live, and closing one is one unsubscribe", start=False)
def ten_tabs_behind_caddy(t):
    ten_tabs(t, caddy)
