"""Section 3: what a subscriber may send, and how its leaving is seen without a script."""

from blackbox.fixtures import subscribers
from conform import case, eq, ok


@case("3", "the body is chunked, so that clients distinguish an ended stream from a broken one")
def stream_is_chunked(t):
    eq(t.open_stream().head.items("transfer-encoding"), ["chunked"], "Transfer-Encoding")


@case("3", "a client that asks for another type is still served")
def stream_accept_is_ignored(t):
    for accept in ("application/json", "text/html", "*/*;q=0", "nonsense"):
        t.sub(headers={"Accept": accept})


@case("3", "last_event_id twice in the query is a 400")
def last_event_id_twice(t):
    eq(t.get("/sse?last_event_id=1&last_event_id=2").status, 400, "status")


@case("3", "any Last-Event-ID is fine", original="differs: counts other bytes than ASCII as absent")
def last_event_id_any(t):
    for value in ("", "ü".encode(), b"\xff\xfe", "x" * 4000, "0"):
        t.sub(headers=[("Last-Event-ID", value)])


@case("3", "FIN, RST and a half-close end a stream while nothing is written", args=["--keep-alive", "0s"],
      original="differs: sends keep-alives without a pause")
def leaving_is_noticed(t):
    for how in ("fin", "rst", "half"):
        streams = [t.sub() for _ in range(5)]
        for stream in streams:
            if how == "half":
                stream.connection.shutdown_write()
            else:
                stream.leave(how)
        t.wait(lambda: subscribers(t) == 0, f"all have gone after {how}", timeout=3)


@case("3", "bytes that a subscriber sends on its stream are not served and hurt nobody")
def stream_with_more_requests(t):
    other = t.sub()
    stream = t.sub()
    stream.connection.send(b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                           b"Content-Length: 8\r\n\r\ndata=hid")
    t.publish("after")
    other.expect("data: after")
    ok(not other.ended, "another stream ended")


@case("3", "a path with a query is the same path, also in the absolute form")
def subscribe_targets(t):
    for target in ("/sse?x", "/sse?", "http://127.0.0.1/sse", "/sse?a=%00"):
        t.sub(target)
    eq(t.publish("x")["subscribers"], 4, "subscribers")
