"""Section 11.1: metrics. Each counter is what clients and publishers counted."""

import re
import select
import shutil
import signal
import socket
import subprocess
import time

from blackbox.channels import OURS, gap
from blackbox.operators import ADMIN, ask, scrape, settle, values
from blackbox.checks import Skip
from conform import case, eq, matches, ok

NAMES = """tinysse_streams tinysse_streams_opened_total tinysse_streams_closed_total tinysse_channels
tinysse_messages_published_total tinysse_publish_rejected_total tinysse_messages_delivered_total
tinysse_messages_lost_total tinysse_gaps_total tinysse_replayed_total tinysse_sent_bytes_total tinysse_queue_messages
tinysse_delivery_seconds tinysse_history_messages tinysse_history_bytes tinysse_sync_seconds tinysse_hook_seconds
tinysse_hook_errors_total tinysse_http_requests_total tinysse_response_start_seconds tinysse_build_info""".split()
REFUSES = """function publish(pub)
    if pub.msg.data == 'no' then return nil end
    if pub.msg.data == 'fail' then error('failed') end
    return pub
end"""


@case("11.1", "all metrics are there, with HELP and TYPE, and promtool finds nothing to say", original=OURS,
      args=[*ADMIN, "--channels", "--history", "10", "--data-dir", "@DIR@/data"])
def metric_names(t):
    t.sub("/sse/news")
    t.publish("x", path="/sse/news")
    text = scrape(t).text
    for name in NAMES:
        ok(re.search(rf"^# HELP {name} \S", text, re.M) and re.search(rf"^# TYPE {name} \w", text, re.M), f"no {name}")
    for name in ("process_cpu_seconds_total", "process_open_fds", "jvm_memory_used_bytes", "jvm_threads_current"):
        ok(re.search(rf"^{name}\b", text, re.M), f"no {name}")
    matches(r'(?m)^tinysse_build_info\{.*version="\d+\.\d+', text, "build")
    if shutil.which("promtool") is None:
        raise Skip("promtool is not installed")
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, timeout=30)
    eq((checked.returncode, checked.stdout + checked.stderr), (0, ""), "promtool")


@case("11.1", "the Accept header selects OpenMetrics, the text format is the default", args=ADMIN, original=OURS)
def formats(t):
    matches(r"^text/plain; version=0\.0\.4", scrape(t).get("content-type"), "type")
    response = scrape(t, {"Accept": "application/openmetrics-text; version=1.0.0"})
    matches(r"^application/openmetrics-text", response.get("content-type"), "type")
    ok(response.text.endswith("# EOF\n"), "end")


@case("11.1", "what is refused is counted by its reason", args=[*ADMIN, "--max-body-size", "1KB"], script=REFUSES, original=OURS)
def rejected(t):
    for body, status in (('{"data":"yes"}', 202), ('{"data":"no"}', 403), ('{"data":"no"}', 403), ('{"data":"fail"}', 500),
                         ("{", 400), ("[]", 400), ('{"data":"' + "x" * 2000 + '"}', 413)):
        eq(t.post(body.encode()).status, status, f"status of {body[:20]}")
    eq(t.post(b"x", "text/plain").status, 415, "status of text")
    name = "tinysse_publish_rejected_total"
    settle(t, {f'{name}{{reason="hook"}}': 3, f'{name}{{reason="invalid"}}': 3, f'{name}{{reason="too_large"}}': 1,
               f'{name}{{reason="full"}}': 0, f'{name}{{reason="unavailable"}}': 0, f'{name}{{reason="forbidden"}}': 0,
               f'{name}{{reason="unauthorized"}}': 0, "tinysse_messages_published_total": 1,
               'tinysse_hook_errors_total{hook="publish"}': 1, 'tinysse_hook_seconds_count{hook="publish"}': 4,
               'tinysse_http_requests_total{code="403",method="POST",route="publish"}': 2,
               'tinysse_http_requests_total{code="202",method="POST",route="publish"}': 1}, "counts")


@case("11.1", "streams are counted by why they ended", original=OURS,
      args=[*ADMIN, "--timeout", "2s", "--channels"])
def closed(t):
    gone, ended, old = t.sub("/sse/a"), t.sub("/sse/b"), t.sub("/sse/c")
    gone.leave()
    eq(ask(t, "DELETE", "/streams?channel=b").json(), {"ended": 1}, "response")
    ended.to_end()
    old.to_end()
    name = "tinysse_streams_closed_total"
    settle(t, {f'{name}{{reason="client"}}': 1, f'{name}{{reason="disconnected"}}': 1, f'{name}{{reason="timeout"}}': 1,
               f'{name}{{reason="slow"}}': 0, f'{name}{{reason="error"}}': 0, "tinysse_streams": 0,
               "tinysse_streams_opened_total": 3}, "counts")


@case("11.1", "replays and gaps are counted as clients saw them", args=[*ADMIN, "--channels", "--history", "3"], original=OURS)
def replayed(t):
    ids = [t.post_json({"data": str(n)}, path="/sse/news").json()["id"] for n in range(6)]
    whole = t.sub("/sse/news", {"Last-Event-ID": ids[3]})
    eq(len(whole.blocks(2)), 2, "messages")
    missed = t.sub("/sse/news", {"Last-Event-ID": ids[0]})
    gap(missed, "news")
    missed.blocks(3)
    unknown = t.sub("/sse/news", {"Last-Event-ID": "nobody"})
    unknown.blocks(4)
    settle(t, {"tinysse_replayed_total": 8, "tinysse_messages_delivered_total": 8, 'tinysse_gaps_total{reason="expired"}': 1,
               'tinysse_gaps_total{reason="unknown"}': 1, 'tinysse_gaps_total{reason="epoch"}': 0,
               "tinysse_history_messages": 3}, "counts")


@case("11.1", "10,000 channels, paths and ids of users make no series more", original=OURS,
      args=[*ADMIN, "--channels", "--history", "1"],
      script="function subscribe(sub) sub.user = sub.req.headers['x-user'] return sub end")
def series(t):
    t.sub("/sse/news", {"X-User": "one"}).leave()
    t.publish("x", path="/sse/news")
    t.get("/first")
    t.request("BREW", "/sse")
    before = set(values(t))
    for n in range(50):
        t.sub(f"/sse/c{n}", {"X-User": f"u{n}"}).leave()
        t.get(f"/path{n}")
        t.request(f"BREW{n}", "/sse")
    for n in range(0, 10_000, 1000):
        body = "".join(f'{{"channel":"many.{n + i}","data":"x"}}\n' for i in range(1000))
        eq(t.post(body.encode(), "application/x-ndjson").status, 202, "status")
    eq({name for name in set(values(t)) - before if name.startswith("tinysse")}, set(), "series more")


class Client:
    """A raw socket that counts its bytes and messages."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(b"GET /sse HTTP/1.1\r\nHost: x\r\n\r\n")
        self.bytes, self.text = 0, b""
        self.messages = 0

    def read(self):
        part = self.socket.recv(1 << 20)
        self.bytes += len(part)
        text = self.text + part
        self.messages += text.count(b"\ndata: ") + text.startswith(b"data: ")
        self.text = text[-6:] if not text.endswith(b"\ndata: ") else b""
        return bool(part)


def read_all(t, clients, done, what):
    by_descriptor = {client.socket.fileno(): client for client in clients}
    poll = select.poll()
    for descriptor in by_descriptor:
        poll.register(descriptor, select.POLLIN)

    def step():
        for descriptor, _ in poll.poll(50):
            if not by_descriptor[descriptor].read():
                poll.unregister(descriptor)
        return done()
    t.wait(step, what, timeout=120)


@case("11.1", "1,000 streams, 1,000 messages, some refused, some lost, a reload: every counter is what was counted", original=OURS,
      args=[*ADMIN, "--capacity", "64", "--write-timeout", "0s"], script=REFUSES)
def exact(t):
    clients = [Client(t.server.port) for _ in range(1000)]
    t.wait(lambda: values(t)["tinysse_streams"] == 1000, "1,000 streams", timeout=60)
    accepted = refused = 0
    for n in range(1000):
        if n == 500:
            t.server.signal(signal.SIGHUP)
            t.log(r"(?i)reloaded")
        response = t.post_json({"data": "no" if n % 100 == 7 else "message %d" % n})
        accepted += response.status == 202
        refused += response.status == 403
        if n % 20 == 0:
            read_all(t, clients, lambda: min(c.messages for c in clients) >= accepted - 40, "messages on the way")
    read_all(t, clients, lambda: all(client.messages == accepted for client in clients), "all messages at all clients")
    eq((accepted, refused), (990, 10), "publishes")
    slow = t.sub(receive_buffer=4096)
    for client in clients:
        client.socket.close()
    t.wait(lambda: values(t)["tinysse_streams"] == 1, "one stream", timeout=60)
    wanted = {"tinysse_messages_published_total": accepted, 'tinysse_publish_rejected_total{reason="hook"}': refused,
              "tinysse_messages_delivered_total": accepted * 1000, "tinysse_messages_lost_total": 0,
              "tinysse_streams_opened_total": 1001, 'tinysse_streams_closed_total{reason="client"}': 1000,
              "tinysse_delivery_seconds_count": accepted,
              'tinysse_http_requests_total{code="200",method="GET",route="subscribe"}': 1001,
              'tinysse_http_requests_total{code="202",method="POST",route="publish"}': accepted,
              "tinysse_sent_bytes_total": sum(client.bytes for client in clients) + len(slow.head.raw) + 4
              + len(b"6\r\n: ok\n\n\r\n")}
    settle(t, wanted, "counts")
    big, n = "x" * 60000, 0
    while n < 300:  # more than buffers and the capacity hold
        eq(t.post_json({"data": big}).status, 202, "status")
        n += 1
    t.publish("last")
    seen = 0
    while "last" not in (block := slow.block()):
        seen += 1
        ok("data: x" in block, "block")
    ok(seen < 300, "nothing was lost")
    settle(t, {"tinysse_messages_delivered_total": accepted * 1000 + seen + 1, "tinysse_messages_lost_total": 300 - seen,
               "tinysse_messages_published_total": accepted + 301, "tinysse_queue_messages": 0}, "counts with losses")


@case("11.1", "a scraper that takes protocol buffers first gets a text", args=ADMIN, original=OURS)
def protocol_buffers(t):
    only = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"
    matches(r"^text/plain; version=0\.0\.4", scrape(t, {"Accept": only}).get("content-type"), "type")
    both = only + ";q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.1"
    matches(r"^application/openmetrics-text", scrape(t, {"Accept": both}).get("content-type"), "type")
