"""Section 2: bodies that are meant to hurt."""

import time

from blackbox.fixtures import FORM, error_text
from conform import case, eq, ok, one_of, request_bytes


@case("2", "a field that comes twice is a 400, whatever its spelling; a comment may be repeated in a form",
      original="differs: takes the last, or 202")
def publish_field_twice(t):
    stream = t.sub()
    for body in ('{"data":"a","data":"b"}', '{"id":"1","id":"1","data":"x"}', '{"event":"a","data":"x","event":"b"}',
                 '{"comment":["a"],"comment":["b"]}', '{"data":"a","d\\u0061ta":"b"}', '{"data":null,"data":"b"}'):
        response = t.post(body)
        eq(response.status, 400, f"status of {body}")
        error_text(response)
    for body in ("data=a&data=b", "id=1&data=x&id=2", "event=a&event=b&data=x", "data=a&d%61ta=b"):
        eq(t.post(body, FORM).status, 400, f"status of the form {body}")
    eq(t.post("comment=a&comment=b", FORM).status, 202, "status of a repeated comment")
    stream.expect(": a\n: b")


@case("2", "a body that is not UTF-8 is a 400", original="differs: puts U+FFFD into forms")
def publish_not_utf8(t):
    stream = t.sub()
    bad = (b"\xff", b"\xc3", b"\xc0\xaf", b"\xe2\x82", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80")
    for text in bad:
        response = t.post(b'{"data":"' + text + b'"}')
        eq(response.status, 400, f"status of {text!r} in JSON")
        error_text(response)
        eq(t.post(b'{"data":"x","other":"' + text + b'"}').status, 400, f"status of {text!r} in an unknown field")
        eq(t.post(b"data=" + text, FORM).status, 400, f"status of {text!r} in a form")
        eq(t.post("data=" + "".join(f"%{b:02x}" for b in text), FORM).status, 400, f"status of {text!r} escaped")
    for encoding in ("utf-16", "utf-16-le", "utf-32"):
        eq(t.post('{"data":"x"}'.encode(encoding)).status, 400, f"status of {encoding}")
    for body in ('{"data":"\\ud800"}', '{"data":"\\udc00\\ud800"}', '{"id":"\\ud83d","data":"x"}'):
        eq(t.post(body).status, 400, f"status of the lone surrogate {body}")
    t.publish("alive")
    stream.expect("data: alive")


@case("2", "control characters and NUL in JSON are a 400, not a 500")
def publish_raw_control_characters(t):
    for body in (b'{"data":"a\0b"}', b'\0{"data":"x"}', b'{"data":"x"}\0', b'{"data":"a\x1fb"}', b'{"data"\x0b:"x"}'):
        eq(t.post(body).status, 400, f"status of {body!r}")
    eq(t.publish("x")["queued"], 0, "queued afterwards")


@case("2", "deep nesting and huge numbers get a response at once, and the server still serves")
def publish_deep_nesting(t):
    deep = 30000
    for body in ('{"data":"x","a":' + "[" * deep + "]" * deep + "}", "[" * deep, '{"a":' * 9000 + "1" + "}" * 9000,
                 '{"data":"x","n":1e999999999}', '{"data":"x","n":-' + "9" * 50000 + "}",
                 '{"data":"x","n":0.' + "0" * 50000 + "1}"):
        began = time.monotonic()
        one_of(t.post(body).status, (202, 400), f"status of {body[:20]!r}…")
        ok(time.monotonic() - began < 4, f"{body[:20]!r}… took too long")
    eq(t.post_json({"data": "x"}).status, 202, "status afterwards")


@case("2", "in a form an empty id, event or data counts as absent, an empty comment is an empty comment")
def publish_empty_inputs(t):
    stream = t.sub()
    for body, want in (("id=&event=&data=x", "data: x"), ("id=7&data=", "id: 7"), ("data=x&comment=", "data: x\n: "),
                       ("comment=", ": ")):
        eq(t.post(body, FORM).status, 202, f"status of {body}")
        stream.expect(want)


@case("2", "a form with nothing but empty inputs has no field: 400", original="differs: accepts it with 202")
def publish_only_empty_inputs(t):
    for body in ("data=", "id=&event=&data=", "&&", "="):
        response = t.post(body, FORM)
        eq(response.status, 400, f"status of {body!r}")
        error_text(response)


@case("2", "a malformed or empty content type is a 400 with a JSON error", original="differs: plain text body")
def publish_malformed_type(t):
    for kind in ("json", "", "/", "application/", "text plain"):
        response = t.post('{"data":"x"}', kind)
        eq(response.status, 400, f"status of {kind!r}")
        error_text(response)


@case("2", "a 415 quotes the type with its parameters")
def publish_other_type_parameters(t):
    response = t.post("x", "text/plain; charset=utf-8")
    eq((response.status, response.body), (415, b'{"error":"unsupported media type \\"text/plain; charset=utf-8\\""}'),
       "response")


@case("2", "a body that says it is too large is a 413 before it is read", args=["--max-body-size", "100"],
      original="differs: reads the limit first")
def publish_too_large_by_length(t):
    connection = t.connect()
    connection.send(request_bytes("POST", "/sse", {"Content-Type": "application/json", "Content-Length": "5000000"}))
    response = connection.response(t.patience)
    eq((response.status, response.body), (413, b'{"error":"length limit exceeded"}'), "response")
    eq(response.get("content-type"), "application/json", "content type")


@case("2", "what follows a body that was refused is not read as a request", args=["--max-body-size", "100"])
def publish_refused_body_is_no_request(t):
    stream = t.sub()
    hidden = request_bytes("POST", "/sse", {"Content-Type": FORM}, b"data=hidden")
    connection = t.connect()
    connection.send(request_bytes("POST", "/sse", {"Content-Type": "application/json"}, hidden * 20, close=False))
    eq(connection.response(t.patience).status, 413, "status")
    connection.read_to_end(t.patience)
    t.publish("after")
    stream.expect("data: after")


@case("2", "several requests sent at once get their responses in order")
def publish_pipelined(t):
    stream = t.sub()
    connection = t.connect()
    request = lambda i: request_bytes("POST", "/sse", {"Content-Type": FORM}, b"data=%d" % i, close=False)
    connection.send(b"".join(request(i) for i in range(10)))
    for i in range(10):
        eq(connection.response(t.patience).status, 202, f"status of request {i}")
    stream.expect(*[f"data: {i}" for i in range(10)])


@case("2", "a client that waits for 100 Continue gets it")
def publish_expect_continue(t):
    connection = t.connect()
    connection.send(request_bytes("POST", "/sse", {"Content-Type": FORM, "Content-Length": "6",
                                                   "Expect": "100-continue"}))
    connection.fill(time.monotonic() + t.patience)
    ok(bytes(connection.buffer).startswith(b"HTTP/1.1 100"), f"no interim response: {bytes(connection.buffer)!r}")
    connection.send(b"data=x")
    eq(connection.response(t.patience).status, 202, "status")
