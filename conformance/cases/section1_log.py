"""Section 1: what may be in the log and what may not."""

import re
import time

from blackbox.fixtures import LOSS, stalled
from conform import case, eq, lacks, ok, request_bytes

SECRETS = {"Authorization": "Bearer s3cret", "Proxy-Authorization": "Basic s3cret", "Cookie": "session=s3cret",
           "X-Api-Key": "s3cret"}


@case("1", "the log goes to standard output, one line each, without colours when that is no terminal")
def log_lines(t):
    t.log("Listening on")
    ok(any("Listening on" in line for line in t.server.output("out")), "not on standard output")
    eq(t.server.output("err"), [], "standard error")
    ok(b"\x1b" not in t.server.raw, "the output has escape sequences")


@case("1", "no control character of a logged value reaches the log raw", args=["--log-level", "TRACE"],
      original="differs: writes them")
def log_control_characters(t):
    for target in ("/none%0Aforged%20line", "/none%1B%5B31m", "/sse?last_event_id=%0D%0Aforged", "/\x1b[2J", "/a\x00b"):
        for headers in ({}, {"User-Agent": "x\x1b[31m"}, {"Last-Event-ID": "a\x7fb\x9b"}, {"Origin": "a\tb\x08"}):
            connection = t.connect()
            connection.send(request_bytes("GET", target, headers))
            connection.fill(time.monotonic() + 0.3)
            connection.close()
    t.post_json({"id": "a\nforged", "data": "\x1b[31m"})
    t.post("x", "text/plain\x1b[31m")
    t.publish("end")
    found = re.findall(rb"[^\n]*[\x00-\x08\x0b-\x1f\x7f][^\n]*", t.server.raw)
    eq(found, [], "lines with control characters")
    eq([line for line in t.server.output() if line.startswith("forged")], [], "forged lines")


@case("1", "request headers that carry credentials are never logged", args=["--log-level", "TRACE"],
      original="differs: logs all headers")
def log_credentials(t):
    t.sub(headers=SECRETS).leave()
    t.post_json({"data": "x"}, headers=SECRETS)
    t.post("{", headers=SECRETS)
    t.get("/none", SECRETS)
    t.connect().send(request_bytes("GET", "/sse", {**SECRETS, "Content-Length": "-5"}))
    t.publish("end")
    lacks("s3cret", "\n".join(t.server.output()), "output")


@case("3", "the loss of a stream that fell behind is logged once for the burst", args=["--capacity", "8"])
def loss_is_logged_once(t):
    stream, text = stalled(t), "x" * 60000
    for i in range(60):
        t.publish(text)
    t.publish("end")
    while stream.block() != "data: end":
        pass
    t.log(LOSS)
    t.publish("after")
    stream.expect("data: after")
    eq(len([line for line in t.server.output() if re.search(LOSS, line)]), 1, "log lines about the loss")


@case("1", "--log-level DEBUG shows each request with its outcome, but never its query", args=["--log-level", "DEBUG"],
      original="differs: has other lines")
def log_requests(t):
    t.sub("/sse?token=s3cret")
    t.publish("x", path="/sse?token=s3cret")
    t.post_json({})
    t.request("DELETE", "/sse?token=s3cret")
    t.get("/none%0A?token=s3cret")
    t.request("OPTIONS", "/sse", {"Origin": "http://a.example", "Access-Control-Request-Method": "POST"})
    t.post(b"x" * 100_000)
    for method, path, status in (("GET", "/sse", 200), ("POST", "/sse", 202), ("POST", "/sse", 400),
                                 ("DELETE", "/sse", 405), ("GET", "/none%0A", 404), ("OPTIONS", "/sse", 200),
                                 ("POST", "/sse", 413)):
        t.log(rf" DEBUG .*\bmethod={method} path={path} status={status} time=\d+\.\d+ms\b")
    lacks("s3cret", "\n".join(t.server.output()), "output")


@case("1", "--log-level DEBUG shows requests that are refused before they get to a handler", original="differs: has other lines",
      args=["--log-level", "DEBUG", "--head-timeout", "500ms"])
def log_refused_requests(t):
    t.raw(b"GET /sse?token=s3cret HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n")
    t.log(r" DEBUG .*request refused: status=400 method=GET path=/sse$")
    t.raw(b"GET /sse HTTP/1.1\r\nX-Y: " + b"x" * 70_000)
    t.log(r" DEBUG .*request refused: status=431 client=\S*127\.0\.0\.1:\d+$")
    t.raw(b"GET /sse HTTP/1.1\r\n")
    t.log(r" DEBUG .*request refused: status=408 client=\S*127\.0\.0\.1:\d+$")
    lacks("s3cret", "\n".join(t.server.output()), "output")


@case("1", "requests are not in the log at INFO")
def log_no_requests(t):
    t.publish("x")
    t.get("/none")
    lacks("path=/", "\n".join(t.server.output()), "output")
