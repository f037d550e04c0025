"""Section 4: unfinished requests cannot fill the memory."""

import time

from conform import case, eq, ok, request_bytes

JSON = {"Content-Type": "application/json"}
HEAP = {"JAVA_OPTS": "-Xmx64m"}
COUNT = 300


def unfinished(t, data):
    """Many clients that send this, and no more."""
    connections = []
    for _ in range(COUNT):
        connection = t.connect()
        connection.send(data)
        connections.append(connection)
    return connections


def refused(t, connections):
    """How many of them have got a response, and the last of these."""
    count, head = 0, b""
    for connection in connections:
        try:
            while connection.fill(time.monotonic()):
                pass
        except OSError:
            pass
        if b"\r\n\r\n" in bytes(connection.buffer):
            count, head = count + 1, bytes(connection.buffer)
    return count, head


def others_are_served(t, data):
    stream = t.sub()
    connections = unfinished(t, data)
    t.wait(lambda: refused(t, connections)[0] >= COUNT / 4, "refusals")
    count, head = refused(t, connections)
    ok(head.startswith(b"HTTP/1.1 503 "), f"response: {head}")
    ok(b"\r\nRetry-After: " in head, f"no Retry-After: {head}")
    ok(count < COUNT, "all were refused")
    t.publish("still here")
    stream.expect("data: still here")
    for connection in connections:
        connection.close()
    large = t.wait(lambda: t.post_json({"data": "x" * 60000}).status == 202, "a large message afterwards")
    ok(large, "no large message afterwards")


@case("4", "unfinished bodies over the memory limit get a 503; the others are served", env=HEAP,
      original="differs: takes them all")
def unfinished_bodies(t):
    others_are_served(t, request_bytes("POST", "/sse", {**JSON, "Content-Length": "63010"}) + b" " * 63000)


@case("4", "unfinished chunks beyond a share of the memory are a 503; the others are served", env=HEAP,
      original="differs: takes them all")
def unfinished_chunks(t):
    head = request_bytes("POST", "/sse", {**JSON, "Transfer-Encoding": "chunked"})
    others_are_served(t, head + b"fa00\r\n" + b" " * 63000)


@case("4", "unfinished heads beyond a share of the memory are a 503; the others are served", env=HEAP,
      original="differs: takes them all")
def unfinished_heads(t):
    fields = [(f"X-{i}", "y" * 1000) for i in range(58)]
    others_are_served(t, request_bytes("GET", "/none", fields)[:-2])


@case("4", "a body that is larger than all the memory for requests is a 413 that says so",
      args=["--max-body-size", "100MB"], env=HEAP, original="differs: takes it")
def larger_than_the_memory(t):
    response = t.raw(request_bytes("POST", "/sse", {**JSON, "Content-Length": "20000000"}))
    eq((response.status, response.json()), (413, {"error": "body is larger than the server has memory for"}), "response")
    t.log(r"WARN.*max-body-size=100000000 exceeds the request memory limit")
    chunked = t.raw(request_bytes("POST", "/sse", {**JSON, "Transfer-Encoding": "chunked"}) + b"1312d00\r\n")
    eq(chunked.status, 413, "status of a chunk")
    eq(t.post_json({"data": "x" * 1000000}).status, 202, "status of a body that fits")
