"""Behind each configuration that is shipped, browsers and publishers survive that the server is away, and that nodes restart in turn."""

import contextlib
import http.client
import signal
import ssl
import threading
import time

from blackbox.browser import Browser
from blackbox.certificates import certificate
from blackbox.cluster import Engine, Node
from blackbox.fixtures import stalled
from blackbox.proxy import Caddy, Nginx
from blackbox.repository import blocks, ours, read, section
from conform import case, eq, ok

AWAY = 4  # seconds, longer than the longest retry
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
STREAM = {"Accept": "text/event-stream"}
KEEPING = ["--history", "1000"]


def guide_nginx(t, nodes):
    (block,) = blocks(section(read("docs", "guides", "reverse-proxies.md"), "nginx"), "nginx")
    return Nginx(t, block.text, {"listen 80;": "listen 127.0.0.1:{port};", "127.0.0.1:1983": f"127.0.0.1:{nodes[0]}"})


def nginx(t, nodes):
    cert, key = certificate(t)
    return Nginx(t, read("docs/deploy/nginx.conf"),
                 {"listen 443 ssl http2;": "listen 127.0.0.1:{port} ssl http2;", "http://127.0.0.1:1983": f"http://127.0.0.1:{nodes[0]}",
                  "/etc/tinysse/cert.pem": cert, "/etc/tinysse/key.pem": key})


def caddy(t, nodes):
    cert, key = certificate(t)
    return Caddy(t, read("docs/deploy/Caddyfile"),
                 {"example.org {": "https://127.0.0.1:{port} {", "admin off": "admin off\n\tauto_https disable_redirects",
                  "127.0.0.1:1983": f"127.0.0.1:{nodes[0]}", "/etc/tinysse/cert.pem": cert, "/etc/tinysse/key.pem": key})


def cluster_nginx(t, nodes):
    one, two = nodes
    return Nginx(t, read("docs/deploy/cluster-nginx.conf"),
                 {"server 127.0.0.1:1983": f"server 127.0.0.1:{one}", "server 127.0.0.1:1984": f"server 127.0.0.1:{two}",
                  "        server 127.0.0.1:1985 max_fails=0;\n": "", "127.0.0.1:8080": "127.0.0.1:{port}"})


def cluster_caddy(t, nodes):
    one, two = nodes
    return Caddy(t, read("docs/deploy/cluster.Caddyfile"),
                 {"127.0.0.1:1983 127.0.0.1:1984 127.0.0.1:1985": f"127.0.0.1:{one} 127.0.0.1:{two}", "127.0.0.1:8080": "127.0.0.1:{port}"})


class Front:
    """The proxy as clients see it."""

    def __init__(self, proxy, secure):
        self.port, self.secure = proxy.port, secure
        self.url = f"http{'s' if secure else ''}://127.0.0.1:{proxy.port}/sse"

    def connect(self):
        if not self.secure:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=ssl._create_unverified_context())

    def request(self, method, headers=(), body=None):
        """Status, headers and text."""
        with contextlib.closing(self.connect()) as connection:
            connection.request(method, "/sse", body, dict(headers))
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()

    def publish(self, text, headers=()):
        """The status of a publish, which says when to try again unless it is a 202."""
        status, fields, body = self.request("POST", {**FORM, **dict(headers)}, f"data={text}")
        if status != 202:
            refused(status, fields, body)
        return status


def refused(status, fields, body):
    eq((status, fields["content-type"]), (503, "application/json"), f"status and type of {body}")
    ok(int(fields["retry-after"]) >= 1, f"Retry-After: {fields['retry-after']}")
    ok(body.startswith('{"error":"'), f"body: {body}")


def start_one(t):
    t.start(KEEPING)
    server, port = t.server, t.port

    def stop():
        server.signal(signal.SIGTERM)
        eq(server.wait_exit(30), 0, "exit status")
    return [port], stop, lambda: t.start(KEEPING, port=port)


def start_two(t):
    engine = Engine(t)
    nodes = [Node(t, engine.url, *KEEPING) for _ in range(2)]

    def stop():
        for node in nodes:
            node.server.signal(signal.SIGTERM)
        for node in nodes:
            eq(node.server.wait_exit(30), 0, "exit status")
    return [node.port for node in nodes], stop, lambda: [node.start() for node in nodes]


def outage(t, start, recipe, secure=False):
    ours(t)
    t.may_exit = True
    with Browser(t.dir, 60, ["--ignore-certificate-errors"]) as browser:
        ports, stop, start_again = start(t)
        with recipe(t, ports) as proxy:
            front = Front(proxy, secure)
            page = browser.event_source(front.url)
            page.wait("source.readyState", 1)
            eq(front.publish("through the proxy"), 202, "status of a publish")
            page.wait("seen.at(-1)", "through the proxy")
            stop()
            back = time.monotonic() + AWAY
            while time.monotonic() < back:
                eq(front.publish("x"), 503, "status of a publish")
                eq(front.publish("x", STREAM), 503, "status of a publish that accepts an event stream")
                refused(*front.request("GET", {"Accept": "*/*"}))
                time.sleep(0.2)
            status, fields, body = front.request("GET", STREAM)
            eq((status, fields["content-type"], fields["cache-control"]), (200, "text/event-stream", "no-cache"), "the response to a browser")
            ok(body.startswith(": away\nretry: 2") and body.endswith("\n\n"), f"event stream: {body!r}")
            eq(page.evaluate("source.readyState < 2"), True, "the browser reconnects")
            start_again()
            page.wait("source.readyState", 1)
            t.wait(lambda: front.publish("the server is back") == 202, "a publish", 30)
            page.wait("seen.at(-1)", "the server is back")


@case("docs", "behind the nginx of the reverse proxy guide a browser survives that the server is away, and publishers get a 503", start=False)
def away_guide_nginx(t):
    outage(t, start_one, guide_nginx)


@case("docs", "behind docs/deploy/nginx.conf a browser survives that the server is away, and publishers get a 503", start=False)
def away_nginx(t):
    outage(t, start_one, nginx, secure=True)


@case("docs", "behind docs/deploy/Caddyfile a browser survives that the server is away, and publishers get a 503", start=False)
def away_caddy(t):
    outage(t, start_one, caddy, secure=True)


@case("docs", "behind docs/deploy/cluster-nginx.conf a browser survives that all nodes are away, and publishers get a 503", start=False)
def away_cluster_nginx(t):
    outage(t, start_two, cluster_nginx)


@case("docs", "behind docs/deploy/cluster.Caddyfile a browser survives that all nodes are away, and publishers get a 503", start=False)
def away_cluster_caddy(t):
    outage(t, start_two, cluster_caddy)


class EventSource:
    """Reconnects as a browser does, on a thread of its own: any response but an event stream ends it for good."""

    def __init__(self, front):
        self.front, self.ended, self.gave_up, self.seen, self.last_id = front, False, None, [], None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        while not self.ended and not self.gave_up:
            with contextlib.closing(self.front.connect()) as connection, contextlib.suppress(OSError, http.client.HTTPException):
                connection.request("GET", "/sse", headers={**STREAM, **({"Last-Event-ID": self.last_id} if self.last_id else {})})
                response = connection.getresponse()
                if (response.status, response.headers["content-type"]) != (200, "text/event-stream"):
                    self.gave_up = (response.status, response.read())
                    return
                for line in response:
                    self._line(line.decode().rstrip("\n"))
            time.sleep(0.1)

    def _line(self, line):
        name, _, value = line.partition(": ")
        if name == "id":
            self.last_id = value
        elif name == "data":
            self.seen.append(value)


class Publisher:
    """Publishes, and retries after a Retry-After, on a thread of its own."""

    def __init__(self, front, name):
        self.front, self.name, self.ended, self.failure, self.acknowledged, self.refused = front, name, False, None, [], 0
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        number = 0
        try:
            while not self.ended:
                text = f"{self.name}-{number}"
                while self.front.publish(text, {"Idempotency-Key": text}) != 202:
                    self.refused += 1
                    time.sleep(0.1)
                self.acknowledged.append(text)
                number += 1
                time.sleep(0.05)
        except Exception as e:  # of any kind: the case reports it
            self.failure = e


def rolling_restart(t, recipe):
    ours(t)
    t.may_exit = True
    engine = Engine(t)
    nodes = [Node(t, engine.url, *KEEPING) for _ in range(2)]
    with Browser(t.dir, 60) as browser, recipe(t, [node.port for node in nodes]) as proxy:
        front = Front(proxy, False)
        page = browser.event_source(front.url)
        page.wait("source.readyState", 1)
        sources = [EventSource(front) for _ in range(10)]
        publishers = [Publisher(front, name) for name in "ab"]
        t.wait(lambda: all(source.seen for source in sources), "all streams", 30)
        for node in nodes * 2:
            node.server.signal(signal.SIGTERM)
            eq(node.server.wait_exit(30), 0, "exit status")
            node.start()
        for publisher in publishers:
            publisher.ended = True
            publisher.thread.join(30)
            eq(publisher.failure, None, "failure of a publisher")
        t.wait(lambda: front.publish("the end") == 202, "a publish", 30)
        t.wait(lambda: all(source.gave_up or source.seen and source.seen[-1] == "the end" for source in sources), "the last message", 30)
        eq([source.gave_up for source in sources if source.gave_up], [], "event streams that are closed for good")
        page.wait("seen.at(-1)", "the end")
        for source in sources:
            source.ended = True
            for publisher in publishers:
                own = [text for text in source.seen if text.startswith(publisher.name + "-")]
                eq(own, publisher.acknowledged[-len(own):], "messages of a publisher, in order, each once")


@case("docs", "behind docs/deploy/cluster-nginx.conf a rolling restart of two nodes ends no browser, and every publish that fails may be repeated",
      start=False)
def rolling_cluster_nginx(t):
    rolling_restart(t, cluster_nginx)


@case("docs", "behind docs/deploy/cluster.Caddyfile a rolling restart of two nodes ends no browser, and every publish that fails may be repeated",
      start=False)
def rolling_cluster_caddy(t):
    rolling_restart(t, cluster_caddy)


@case("docs", "nginx sends a publish that a stopping node has refused to another node, once it is certain that it was not published", start=False)
def stopping_node(t):
    ours(t)
    t.may_exit = True
    engine = Engine(t)
    nodes = [Node(t, engine.url, *KEEPING, "--capacity", "16", "--drain-timeout", "60s", "--write-timeout", "0s") for _ in range(2)]
    stopping, other = nodes
    stopping._at()
    slow = stalled(t)
    with cluster_nginx(t, [node.port for node in nodes]) as proxy:
        stopping.server.signal(signal.SIGTERM)
        t.wait(lambda: stopping.health()[0] == 503, "the node is stopping")
        refusal = stopping.post({"data": "directly"})
        eq((refusal.status, refusal.get("retry-after"), refusal.get("tinysse-published")), (503, "1", "no"), "the response of the node")
        front = Front(proxy, False)
        eq([front.publish(f"m{n}") for n in range(10)], [202] * 10, "statuses through nginx")
        eq(other.server.running() and stopping.server.running(), True, "both nodes are there")
        slow.leave()


@case("docs", "nginx sends no publish again that may have been published", start=False)
def uncertain_publish(t):
    ours(t)
    engine = Engine(t)
    nodes = [Node(t, engine.url, *KEEPING, "--cluster-timeout", "1s", "--access-log", "-") for _ in range(2)]
    with cluster_nginx(t, [node.port for node in nodes]) as proxy:
        front = Front(proxy, False)
        engine.pause()
        try:
            status, fields, body = front.request("POST", FORM, "data=once")
        finally:
            engine.resume()
        refused(status, fields, body)
        failures = lambda: [line for node in nodes for line in node.server.output()
                            if "method=POST" in line and "status=503" in line]
        t.wait(failures, "the access log has the request")
        failed = failures()
        eq(len(failed), 1, f"requests that reached a node: {failed}")
