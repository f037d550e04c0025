"""Section 4 and around: invalid requests. Ambiguous framing, limits, deadlines, HTTP/1.0."""

import time

from blackbox.fixtures import FORM
from blackbox.framing import ATTACKS
from conform import case, eq, matches, ok, one_of, request_bytes


@case("4",
      "a request with broken framing gets one error, the connection is closed, and what hides behind is not served",
      original="differs: accepts Transfer-Encoding with Content-Length")
def framing_attacks(t):
    stream = t.sub()
    wrong = []
    for name, data in ATTACKS.items():
        connection = t.connect()
        connection.send(data)
        try:
            got = connection.read_to_end(t.patience)
        except AssertionError as error:
            wrong.append(f"{name}: {error}")
            continue
        responses = [line.split(b" ")[1] for line in got.split(b"\r\n") if line.startswith(b"HTTP/1.")]
        if len(responses) != 1 or responses[0] not in (b"400", b"411", b"413", b"414", b"431", b"501", b"505"):
            wrong.append(f"{name}: {[a.decode() for a in responses]}")
    eq(wrong, [], "responses")
    t.publish("after")
    stream.expect("data: after")


@case("4", "bytes that are not HTTP get a response or a closed connection")
def not_http(t):
    for data in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 50 + b"\r\n\r\n", b"\r\n" * 5000,
                 b"\0" * 20000,
                 b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"x" * 20000 + b"\r\n\r\n"):
        connection = t.connect()
        try:
            connection.send(data)
        except OSError:
            continue
        connection.read_to_end(15)
    eq(t.post_json({"data": "x"}).status, 202, "status afterwards")


@case("4", "a head that is too large is a 431, a target that is too long a 414, each with the connection closed",
      original="differs: takes a head of 100 KB")
def head_limits(t):
    for what, status, data in (
            ("one long header", 431, request_bytes("GET", "/none", {"X-Long": "x" * 100000})),
            ("many headers", 431, request_bytes("GET", "/none", [(f"X-{i}", "x" * 50) for i in range(2000)])),
            ("a long target", 414, request_bytes("GET", "/" + "x" * 100000)),
            ("a long query", 414, request_bytes("GET", "/sse?" + "x" * 100000))):
        connection = t.connect()
        try:
            connection.send(data)
        except OSError:
            pass  # closed before everything was sent; the response is there all the same
        head = connection.head(t.patience)
        matches(rf"^HTTP/1\.1 {status} ", head.decode("latin-1"), f"response to {what}")
        connection.read_to_end(t.patience)


@case("4", "an HTTP/1.0 request gets a response, if only a 505 that says so")
def http_1_0(t):
    for target in ("/none", "/healthz", "/sse"):
        connection = t.connect()
        connection.send(f"GET {target} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
        matches(r"^HTTP/1\.[01] \d\d\d ", connection.head(t.patience).decode("latin-1"), f"response to {target}")


@case("4", "a head that does not arrive within 10 s, and a body within 30 s, ends the connection",
      original="differs: waits without limit")
def deadlines(t):
    began = time.monotonic()
    silent, trickle, body = t.connect(), t.connect(), t.connect()
    body.send(request_bytes("POST", "/sse", {"Content-Type": FORM, "Content-Length": "1000"}) + b"data=")
    trickle.send(b"GET /none HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    ended = {}
    while len(ended) < 3 and time.monotonic() - began < 50:
        for name, connection in (("silent", silent), ("trickle", trickle), ("body", body)):
            if name in ended:
                continue
            try:
                if name != "silent":
                    connection.send(b"x")
                while connection.fill(time.monotonic()):
                    pass
            except OSError:
                connection.eof = True
            if connection.eof:
                ended[name] = time.monotonic() - began
        time.sleep(0.5)
    eq(sorted(ended), ["body", "silent", "trickle"], "connections that were ended")
    ok(ended["silent"] < 20 and ended["trickle"] < 20, f"heads: {ended}")
    ok(9 < ended["trickle"] and 25 < ended["body"] < 45, f"deadlines: {ended}")


@case("4", "a connection between two requests may be silent between them")
def keep_alive_connection(t):
    connection = t.connect()
    for _ in range(2):
        connection.send(request_bytes("GET", "/healthz", close=False))
        one_of(connection.response(t.patience).status, (200, 404), "status")
        time.sleep(1)
