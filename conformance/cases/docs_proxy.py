"""The nginx configuration of docs/guides/reverse-proxies.md, as it is written: only the two ports differ."""

import signal

from blackbox.proxy import Nginx
from blackbox.repository import blocks, ours, read, section
from blackbox.wire import Connection, request_bytes
from conform import case, eq, matches

STREAM = {"Accept": "text/event-stream", "Origin": "http://a.example"}


def recipe(t):
    ours(t)
    (block,) = blocks(section(read("docs", "guides", "reverse-proxies.md"), "nginx"), "nginx")
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


@case("docs", "behind the nginx of the reverse proxy guide an event stream gets a retry while the server is away")
def proxy_sends_a_retry(t):
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
        eq(len(values) > 1, True, "the delays differ")
