"""The nginx recipe of README.md, as it stands there: only the two ports are others."""

import signal
import time

from blackbox.browser import Browser
from blackbox.proxy import Nginx
from blackbox.repository import blocks, ours, read, section
from blackbox.wire import Connection, request_bytes
from conform import case, eq, matches

STREAM = {"Accept": "text/event-stream", "Origin": "http://a.example"}


def recipe(t):
    ours(t)
    (block,) = blocks(section(read("README.md"), "In production"), "nginx")
    return Nginx(t, block.text, {"listen 80;": "listen 127.0.0.1:{port};", "127.0.0.1:1983": f"127.0.0.1:{t.port}"})


def ask(t, proxy, method, headers, body=None, path="/sse"):
    connection = Connection(proxy.port)
    t.open.append(connection)
    connection.send(request_bytes(method, path, headers, body))
    return connection.response(t.patience)


def kill(t):
    t.may_exit = True
    t.server.signal(signal.SIGKILL)
    t.server.wait_exit(t.patience)


@case("docs", "behind the nginx of README.md a browser survives that the server is away for five seconds", start=False)
def proxy_and_a_browser(t):
    with Browser(t.dir, patience=60) as browser:
        t.start()
        with recipe(t) as proxy:
            page = browser.event_source(f"http://127.0.0.1:{proxy.port}/sse")
            page.wait("source.readyState", 1)
            t.publish("through nginx")
            page.wait("seen.at(-1)", "through nginx")
            t.may_exit = True
            t.server.signal(signal.SIGTERM)
            eq(t.server.wait_exit(t.patience), 0, "exit status")
            time.sleep(5)
            eq(page.evaluate("source.readyState < 2"), True, "the browser asks again")
            t.start(port=t.port)
            t.wait(lambda: t.publish("the server is back")["subscribers"], "the browser has come back", 60)
            page.wait("seen.at(-1)", "the server is back")


@case("docs", "behind the nginx of README.md who asks for a stream is told to come back while the server is away")
def proxy_tells_to_come_back(t):
    with recipe(t) as proxy:
        kill(t)
        values = set()
        for _ in range(20):
            response = ask(t, proxy, "GET", STREAM)
            eq(response.status, 200, "status")
            eq(response.get("content-type"), "text/event-stream", "type")
            eq(response.get("cache-control"), "no-cache", "caching")
            eq(response.get("access-control-allow-origin"), "*", "allow-origin")
            matches(r"\A: away\nretry: 2\d\d\d\n\n\Z", response.text, "the stream")
            values.add(response.text)
        eq(len(values) > 1, True, "not all come back at the same time")


@case("docs", "behind the nginx of README.md a POST, or a GET of something else, gets the 502 when the server is away")
def proxy_keeps_the_502(t):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    with recipe(t) as proxy:
        eq(ask(t, proxy, "POST", form, b"data=x").status, 202, "status of a publish through nginx")
        kill(t)
        eq(ask(t, proxy, "POST", form, b"data=x").status, 502, "status of a publish")
        eq(ask(t, proxy, "POST", {**form, **STREAM}, b"data=x").status, 502, "status of a publish that asks for a stream")
        eq(ask(t, proxy, "GET", {"Accept": "*/*"}).status, 502, "status for who does not ask for an event stream")
