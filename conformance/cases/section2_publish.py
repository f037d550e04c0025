"""Section 2: what a publisher sends, and the response."""

import json
import time

from blackbox.fixtures import FORM, GATE, error_text, release
from conform import case, eq, ok, one_of, request_bytes


@case("2", "an accepted message gets status 202 and exactly the two counts")
def publish_response(t):
    response = t.post_json({"data": "x"})
    eq(response.status, 202, "status")
    eq(response.get("content-type"), "application/json", "content type")
    eq(response.body, b'{"queued":0,"subscribers":0}', "body")


@case("2", "subscribers is the number of streams the message was queued for")
def publish_counts_streams(t):
    streams = [t.sub() for _ in range(3)]
    response = t.publish("x")
    eq(response["subscribers"], 3, "subscribers")
    ok(0 <= response["queued"] <= 1, f"queued: {response['queued']}")
    for stream in streams:
        stream.expect("data: x")


@case("2", "a JSON object with all fields is delivered")
def publish_json(t):
    stream = t.sub()
    t.publish("first line\nsecond line", id="some-id", event="custom-event", comment=["one", "two"])
    stream.expect("id: some-id\nevent: custom-event\ndata: first line\ndata: second line\n: one\n: two")


@case("2", "a form with all fields and a repeated comment is delivered")
def publish_form(t):
    stream = t.sub()
    response = t.post("data=first+line%0Asecond%20line&comment=one&id=some-id&comment=two%21&event=custom-event", FORM)
    eq(response.status, 202, "status")
    stream.expect("id: some-id\nevent: custom-event\ndata: first line\ndata: second line\n: one\n: two!")


@case("2", "form fields are decoded: plus, percent, UTF-8")
def publish_form_decoding(t):
    stream = t.sub()
    for body, want in (("data=a+b%20c%2Bd%26e%3D", "data: a b c+d&e="),
                       ("data=%C3%BC%E2%82%AC%F0%9F%98%80", "data: ü€😀"),
                       ("x=1&data=y&z=2", "data: y"), ("data=a;b", "data: a;b")):
        eq(t.post(body, FORM).status, 202, f"status of {body}")
        stream.expect(want)


@case("2", "each field alone is enough, the others are not sent")
def publish_single_fields(t):
    stream = t.sub()
    for field, value, want in (("id", "7", "id: 7"), ("event", "e", "event: e"), ("data", "d", "data: d"),
                               ("comment", ["c"], ": c")):
        eq(t.publish(**{field: value})["subscribers"], 1, f"subscribers of {field}")
        stream.expect(want)


@case("2", "null fields count as absent, unknown fields are ignored")
def publish_null_and_unknown(t):
    stream = t.sub()
    t.post_json({"id": None, "event": None, "comment": None, "data": "x", "retry": 5, "Data": "no", "meta": {"a": [1]}})
    stream.expect("data: x")


@case("2", "empty strings are fields too")
def publish_empty_strings(t):
    stream = t.sub()
    t.publish("")
    t.publish("x", id="", comment=[""])
    stream.expect("data: ", "id: \ndata: x\n: ")


@case("2", "in a form an empty data beside an event is an empty data, and otherwise absent",
      original="differs: always absent")
def publish_empty_data_in_form(t):
    stream = t.sub()
    for form in ("event=ping&data=", "data=&event=ping", "event=ping&data"):
        eq(t.post(form, FORM).status, 202, f"status of {form}")
        stream.expect("event: ping\ndata: ")
    eq(t.post("id=1&data=", FORM).status, 202, "status of an empty data beside an id")
    stream.expect("id: 1")
    for form in ("event=&data=", "data=", "event=&data=&id="):
        eq(t.post(form, FORM).status, 400, f"status of {form}")


@case("2", "a charset parameter and upper case letters in the media type are fine")
def publish_media_types(t):
    stream = t.sub()
    for kind in ("application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8",
                 "Application/JSON"):
        eq(t.post('{"data":"ü"}'.encode(), kind).status, 202, f"status of {kind}")
        stream.expect("data: ü")
    for kind in (FORM, FORM + "; charset=utf-8"):
        eq(t.post("data=%C3%BC", kind).status, 202, f"status of {kind}")
        stream.expect("data: ü")


@case("2", "a chunked body is taken, and is a 413 when it grows too large", args=["--max-body-size", "100"])
def publish_chunked(t):
    stream = t.sub()
    head = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
    chunks = lambda *parts: b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"
    eq(t.request("POST", "/sse", head, chunks(b'{"da', b'ta":"in pie', b'ces"}')).status, 202, "status of three chunks")
    stream.expect("data: in pieces")
    response = t.request("POST", "/sse", head, chunks(b'{"data":"' + b"x" * 60, b"y" * 60, b'"}'))
    eq(response.status, 413, "status of 131 bytes in chunks")
    error_text(response)


@case("2", "a body that arrives in two parts is one message; a connection can be used again")
def publish_slow_body(t):
    stream = t.sub()
    connection = t.connect()
    for text in ("one", "two"):
        request = request_bytes("POST", "/sse", {"Content-Type": "application/json"},
                                json.dumps({"data": text}).encode(), close=False)
        connection.send(request[:-6])
        time.sleep(0.05)
        connection.send(request[-6:])
        eq(connection.response(t.patience).status, 202, f"status of {text}")
    stream.expect("data: one", "data: two")


@case("2", "CR and CRLF in data are line breaks", original="differs: the stream dies")
def publish_line_breaks(t):
    stream = t.sub()
    for text, want in (("a\rb", "data: a\ndata: b"), ("a\r\nb", "data: a\ndata: b"),
                       ("a\n\rb", "data: a\ndata: \ndata: b"), ("a\r\r\nb", "data: a\ndata: \ndata: b"),
                       ("a\r", "data: a\ndata: "), ("\r\n", "data: \ndata: ")):
        t.publish(text)
        stream.expect(want)


@case("2", "a comment with a line break becomes several comment lines", original="differs: the stream dies")
def publish_comment_lines(t):
    stream = t.sub()
    t.publish("x", comment=["a\nb", "c\r\nd\re"])
    stream.expect("data: x\n: a\n: b\n: c\n: d\n: e")


@case("2", "queued counts messages not yet delivered to every stream, and is 0 after the last stream",
      args=["--capacity", "64"], script=GATE)
def queued_counts(t):
    held, free = t.sub("/sse?hold"), t.sub()
    counts = []
    for i in range(11):
        counts.append(t.publish(str(i))["queued"])
        free.expect(f"data: {i}")
        if i == 0:
            t.emitted("waiting")
    counts = counts[1:]
    eq([n - counts[0] for n in counts], list(range(10)), "growth of queued")
    one_of(counts[0], (1, 2), "queued after the first message that waits")
    held.leave()
    t.wait(lambda: t.publish("x")["subscribers"] == 1, "one subscriber left")
    free.leave()
    t.wait(lambda: t.publish("x") == {"queued": 0, "subscribers": 0}, "queued and subscribers 0")
    release(t)
