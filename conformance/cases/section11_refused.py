"""Section 11: requests that never reach a handler are counted and logged like all others."""

import json
import signal

from blackbox.channels import OURS
from blackbox.operators import ADMIN, settle, values
from conform import case, eq, ok

LOGGED = ["--access-log", "access.log", "--log-format", "json"]
EARLY = [
    # what is sent, status, method, route, path in the log
    ("GARBAGE\r\n\r\n", 400, "other", "other", "-"),
    ("GET /sse HTTP/1.0\r\n\r\n", 505, "other", "other", "-"),
    ("GET /sse HTTP/1.1\r\n\r\n", 400, "GET", "subscribe", "/sse"),
    ("POST /sse?secret=1 HTTP/1.1\r\nHost: x\r\nContent-Length: -3\r\n\r\n", 400, "POST", "publish", "/sse"),
    ("POST /sse HTTP/1.1\r\nHost: x\r\nA: " + "a" * 100_000 + "\r\n\r\n", 431, "POST", "publish", "/sse"),
    ("GET /" + "a" * 100_000 + " HTTP/1.1\r\nHost: x\r\n\r\n", 414, "other", "other", "-"),
    ("GET /healthz HTTP/1.1\r\nHost", 408, "GET", "health", "/healthz"),
    ("POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{", 408, "POST",
     "publish", "/sse"),
]


@case("11.1", "a request that is rejected before routing counts, and is in the access log", original=OURS,
      args=[*ADMIN, *LOGGED, "--head-timeout", "500ms", "--body-timeout", "500ms"])
def refused_early(t):
    counted = {}
    for data, status, method, route, _ in EARLY:
        response = t.raw(data.encode(), timeout=20)
        eq(response.status, status, f"status of {data[:60]!r}")
        name = f'tinysse_http_requests_total{{code="{status}",method="{method}",route="{route}"}}'
        counted[name] = counted.get(name, 0) + 1
    settle(t, {**counted, 'tinysse_publish_rejected_total{reason="invalid"}': 3}, "requests that were refused early")
    eq(sum(value for name, value in values(t).items() if name.startswith("tinysse_http_requests_total")), len(EARLY),
       "all requests")
    t.wait(lambda: len(lines(t)) == len(EARLY), "a line for each")
    eq([(line["status"], line["path"]) for line in lines(t)], [(status, path) for _, status, _, _, path in EARLY],
       "status and path of each line")
    eq([line["method"] for line in lines(t)], ["-", "-", "GET", "POST", "POST", "-", "GET", "POST"], "method of each line")
    ok(all(line["address"].startswith("127.0.0.1:") and line["bytes"] > 100 for line in lines(t)), "address and bytes")
    ok(all(line["duration"] >= 300 for line in lines(t) if line["status"] == 408), "duration of those that were too slow")


def lines(t):
    with open(t.path("access.log")) as log:
        return [json.loads(line) for line in log]


@case("11.1", "on a persistent connection, a rejected request after a good one counts, too", original=OURS, args=ADMIN)
def refused_after_good(t):
    connection = t.connect()
    connection.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /" + 60_000 * b"a" + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    eq([connection.response(t.patience, "GET").status for _ in range(2)], [200, 414], "statuses")
    settle(t, {'tinysse_http_requests_total{code="200",method="GET",route="health"}': 1,
               'tinysse_http_requests_total{code="414",method="other",route="other"}': 1}, "both")


@case("11.1", "what is refused while the server stops counts", original=OURS, args=[*ADMIN, "--drain-timeout", "20s"])
def refused_while_stopping(t):
    slow = t.open_stream(receive_buffer=4096)
    for _ in range(100):
        t.publish("x" * 60_000)
    t.server.process.send_signal(signal.SIGTERM)
    t.log("Stopping")
    eq(t.post_json({"data": "late"}).status, 503, "status of a publish")
    eq(t.get("/sse", headers={"Accept": "text/plain"}).status, 503, "status of a stream")
    settle(t, {'tinysse_http_requests_total{code="503",method="POST",route="publish"}': 1,
               'tinysse_publish_rejected_total{reason="unavailable"}': 1,
               'tinysse_http_requests_total{code="503",method="GET",route="subscribe"}': 1}, "what was refused")
    slow.leave()
