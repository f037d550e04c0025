"""Section 4 and around: what may surround requests on a connection, and how it ends."""

import re

from blackbox.fixtures import FORM
from blackbox.framing import ATTACKS, HIDDEN, post
from conform import case, eq, request_bytes



def statuses(got):
    return [int(line.split(b" ")[1]) for line in got.split(b"\r\n") if line.startswith(b"HTTP/1.")]


@case("4", "a method that is no token is a 400, and nothing a stranger can send is logged above INFO")
def nothing_to_warn_of(t):
    wrong = []
    for method in (b"", b"\xff", b"P\xc3\xb6ST", b"G\0T", b"G\tT", b"G(T", b"G/T", b'"GET"', b"\x7f"):
        connection = t.connect()
        connection.send(method + b" /none HTTP/1.1\r\nHost: x\r\n\r\n")
        got = statuses(connection.read_to_end(t.patience))
        if got != [400]:
            wrong.append(f"{method!r}: {got}")
    eq(wrong, [], "responses")
    for data in ATTACKS.values():
        connection = t.connect()
        connection.send(data)
        connection.read_to_end(t.patience)
    for _ in range(20):  # gone before the response is written
        connection = t.connect()
        connection.send(request_bytes("GET", "/healthz", close=False) * 200)
        connection.close("rst")
    eq(t.post_json({"data": "x"}).status, 202, "status afterwards")
    eq([line for line in t.server.output() if re.search(r"\b(WARN|ERROR)\b", line)], [], "warnings")


@case("4", "a connection is closed behind the response when any Connection header lists close, in any case",
      args=["--timeout", "500ms"])
def connection_lists(t):
    wrong = []
    for lines in ("close", "Close", "CLOSE", "keep-alive, close", "close, TE", "TE , \tClose",
                  "keep-alive\r\nConnection: close", "close\r\nConnection: keep-alive"):
        for target in ("/healthz", "/sse"):
            connection = t.connect()
            request = f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: {lines}\r\n\r\n".encode()
            connection.send(request + request_bytes("GET", "/none", close=False))
            try:
                got = connection.read_to_end(t.patience)
            except AssertionError:
                wrong.append(f"{lines!r} {target}: left open")
                continue
            if statuses(got) != [200] or b"\r\nconnection: close\r\n" not in got.lower():
                wrong.append(f"{lines!r} {target}: {got[:200]!r}")
    eq(wrong, [], "responses")


@case("4", "chunk extensions are ignored, trailers discarded, the coding is read in any case, an empty line is skipped")
def lenient_where_the_standard_is(t):
    connection = t.connect()
    for what, coding, data in (
            ("an extension", b"chunked", b'6;a=b;c="d;e"\r\ndata=1\r\n0;f\r\n\r\n'),
            ("trailers", b"chunked", b"6\r\ndata=2\r\n0\r\nX-One: a\r\nContent-Length: 5\r\n\r\n"),
            ("the coding in upper case", b"Chunked", b"6\r\ndata=3\r\n0\r\n\r\n")):
        connection.send(b"\r\n" + post(b"Transfer-Encoding: " + coding, body=data))
        eq(connection.response(t.patience).status, 202, f"response to {what}")


@case("4", "extensions and trailers have an end", args=["--body-timeout", "5s"])
def extensions_have_an_end(t):
    for what, data in (("a long extension", b"6;" + b"a" * 100000 + b"\r\ndata=1\r\n0\r\n\r\n"),
                       ("many extensions", (b"1;" + b"a" * 500 + b"\r\nx\r\n") * 1000 + b"0\r\n\r\n"),
                       ("a long trailer", b"0\r\nX: " + b"a" * 100000 + b"\r\n\r\n"),
                       ("many trailers", b"0\r\n" + b"X: abcdefghij\r\n" * 10000 + b"\r\n")):
        connection = t.connect()
        try:
            connection.send(post(b"Transfer-Encoding: chunked", body=data))
        except OSError:
            pass  # closed before everything was sent; the response is there all the same
        eq(connection.response(t.patience).status, 400, f"response to {what}")


@case("4", "responses to what is no request carry the CORS headers, too", args=["--head-timeout", "1s"])
def cors_on_early_responses(t):
    for status, data in ((408, b"GET /none HTTP/1.1\r\nHost: x\r\n"), (505, b"GET /none HTTP/1.0\r\nHost: x\r\n\r\n"),
                         (431, request_bytes("GET", "/none", {"X-Long": "x" * 100000})), (400, b"nonsense\r\n\r\n")):
        connection = t.connect()
        try:
            connection.send(data)
        except OSError:
            pass
        response = connection.response(t.patience)
        eq((response.status, response.get("access-control-allow-origin")), (status, "*"), "response")


@case("4", "a request head of which some came with the request before it has a deadline", args=["--head-timeout", "1s"])
def deadline_of_a_head_that_came_early(t):
    for early in (b"P", b"POST /sse HTTP/1.1\r\nHost: x\r\n"):
        connection = t.connect()
        connection.send(post(b"Content-Length: 6", body=b"data=1") + early)
        got = re.findall(rb"HTTP/1\.1 (\d+)", connection.read_to_end(t.patience))
        eq(got, [b"202", b"408"], f"responses behind {early!r}")


@case("4", "a 404 or 405 that keeps the connection is followed by the response to the next request")
def body_nobody_reads(t):
    wrong = []
    for line in (b"PUT /sse", b"POST /none", b"DELETE /healthz"):
        connection = t.connect()
        connection.send(line + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                        + request_bytes("GET", "/healthz", {"Connection": "close"}))
        got = connection.read_to_end(t.patience)
        closes = b"\r\nconnection: close\r\n" in got.split(b"\r\n\r\n")[0].lower() + b"\r\n"
        if len(statuses(got)) != (1 if closes else 2):
            wrong.append(f"{line!r}: {got!r}")
    eq(wrong, [], "responses")


@case("4", "the body of a request for a stream is not read as the request behind it", args=["--timeout", "500ms"])
def body_of_a_stream_request(t):
    connection = t.connect()
    connection.send(request_bytes("GET", "/sse", {"Content-Length": str(len(HIDDEN))}, close=False) + HIDDEN)
    eq(statuses(connection.read_to_end(t.patience)), [200], "responses")


@case("4", "a body after 100 Continue has a deadline", args=["--body-timeout", "1s"])
def deadline_after_continue(t):
    connection = t.connect()
    connection.send(request_bytes("POST", "/sse", {"Content-Type": FORM, "Content-Length": "6", "Expect": "100-continue"}))
    eq(statuses(connection.read_to_end(t.patience)), [100, 408], "responses")
