"""Section 2: what is not accepted."""

from blackbox.fixtures import FORM, error_text
from conform import case, eq, ok, request_bytes


@case("2", "no field at all, or only null and unknown ones, is a 400",
      original="differs: accepts it with 202 and delivers nothing, although its manual says 400")
def publish_without_fields(t):
    for body in ('{}', '{"data":null}', '{"id":null,"event":null,"data":null,"comment":null}', '{"text":"x"}'):
        response = t.post(body)
        eq(response.status, 400, f"status of {body}")
        error_text(response)
    for body in ("", "text=x"):
        eq(t.post(body, FORM).status, 400, f"status of the form {body!r}")


@case("2", "malformed JSON is a 400 with a JSON error")
def publish_malformed_json(t):
    for body in ('', '{"data":', '{"data":"x"', '{"data":"x"} y', '{data:"x"}', "{'data':'x'}", '{"data":"a\nb"}',
                 '{"data":"x",}', '{"data":"\\x"}', 'data=x'):
        response = t.post(body)
        eq(response.status, 400, f"status of {body!r}")
        t.observe(body, error_text(response))


@case("2", "wrong types are a 400 with a JSON error")
def publish_wrong_types(t):
    stream = t.sub()
    for body in ('{"data":1}', '{"data":true}', '{"data":{}}', '{"data":["a"]}', '{"id":7,"data":"x"}',
                 '{"event":false,"data":"x"}', '{"comment":"c"}', '{"comment":[1]}', '{"comment":[null]}',
                 '{"comment":{"a":"b"}}', '[]', '"x"', '1', 'null'):
        response = t.post(body)
        eq(response.status, 400, f"status of {body!r}")
        t.observe(body, error_text(response))
    t.publish("after")
    stream.expect("data: after")


@case("2", "without a content type it is a 400")
def publish_without_type(t):
    eq(t.post('{"data":"x"}', None).status, 400, "status")


@case("2", "the 400 for a missing content type has a JSON error body", original="differs: plain text body")
def publish_without_type_json(t):
    error_text(t.post('{"data":"x"}', None))


@case("2", "another media type is a 415 that quotes it")
def publish_other_type(t):
    for kind in ("text/plain", "application/xml", "application/vnd.api+json"):
        response = t.post('{"data":"x"}', kind)
        eq(response.status, 415, f"status of {kind}")
        eq(error_text(response), f'unsupported media type "{kind}"', "error")
    eq(t.post("x", "text/plain").body, b'{"error":"unsupported media type \\"text/plain\\""}', "body")


@case("2", "a body of the allowed size is taken, one byte more is a 413", args=["--max-body-size", "100"])
def publish_too_large(t):
    stream = t.sub()
    body = lambda size: b'{"data":"' + b"x" * (size - 11) + b'"}'
    eq(t.post(body(100)).status, 202, "status of 100 bytes")
    stream.expect("data: " + "x" * 89)
    response = t.post(body(101))
    eq(response.status, 413, "status of 101 bytes")
    t.note_response("101 bytes", response)
    error_text(response)


@case("2", "an unknown path is a 404")
def unknown_path(t):
    for method, target in (("GET", "/nope"), ("POST", "/nope"), ("POST", "/"), ("GET", "/sse/"), ("POST", "/sse/more")):
        response = t.request(method, target, {"Content-Type": "application/json"}, b"{}" if method == "POST" else None)
        eq(response.status, 404, f"status of {method} {target}")
        eq(response.get("content-type"), "application/json", f"type of {method} {target}")
        ok(target in error_text(response), f"error of {method} {target}: {response.body}")
        t.note_response(f"{method} {target}", response)


@case("2", "another method is a 405 with Allow")
def other_method(t):
    for method in ("PUT", "DELETE", "PATCH"):
        response = t.request(method, "/sse")
        eq(response.status, 405, f"status of {method}")
        ok(method in error_text(response), f"error of {method}: {response.body}")
        t.note_response(method, response)
        eq(sorted(set(response.items("allow")) - {"options"}), ["get", "head", "post"], "Allow")


@case("2", "a HEAD request to an unknown path has a 404 without a body", original="differs: has no JSON")
def unknown_path_head(t):
    connection = t.connect()
    for target, status in (("/nope", 404), ("/sse", 200)):
        connection.send(request_bytes("HEAD", target, close=False))
        eq(connection.response(t.patience, "HEAD").status, status, f"status of {target} on one connection")


@case("2", "publishers cannot send events whose name begins with tinysse., and the error names it", args=["--channels"],
      original="differs: accepts them")
def reserved_events(t):
    stream = t.sub()
    for response in (t.post_json({"event": "tinysse.gap", "data": "x"}), t.post("event=tinysse.gap&data=x", FORM),
                     t.post('{"data":"a"}\n{"event":"tinysse.gap","data":"x"}\n', "application/x-ndjson")):
        eq(response.status, 400, "status")
        ok("tinysse.gap" in error_text(response), f"error: {response.body}")
    ok("line 2" in error_text(response), f"error of lines: {response.body}")
    eq(t.post_json({"event": "tinysse", "data": "own"}).status, 202, "status of another name")
    stream.expect("event: tinysse\ndata: own")


@case("2", "scripts may send events whose name begins with tinysse.",
      script="function publish(pub) pub.msg.event = 'tinysse.own' return pub end", original="differs: reserves none")
def reserved_events_of_scripts(t):
    stream = t.sub()
    t.publish("x")
    stream.expect("event: tinysse.own\ndata: x")


@case("2", "parameters and fields that have no effect are in the log at DEBUG", args=["--log-level", "DEBUG"],
      original="differs: other lines")
def ignored_names(t):
    t.sub("/sse?topic=news")
    t.log(r"DEBUG .*query parameter is ignored: name=topic path=/sse$")
    t.post('{"data":"x","topic":"news"}', path="/sse?channel=news")
    t.log(r"DEBUG .*query parameter is ignored: name=channel path=/sse$")
    t.log(r"DEBUG .*field of a message is ignored: name=topic$")


@case("2", "with separate paths each takes only its own method", args=["--pub-path", "/in", "--sub-path", "/out"])
def separate_paths(t):
    stream = t.sub("/out")
    t.publish("x", path="/in")
    stream.expect("data: x")
    response = t.get("/in")
    eq((response.status, set(response.items("allow")) - {"options"}), (405, {"post"}), "GET on the publish path")
    response = t.post('{"data":"x"}', path="/out")
    eq((response.status, set(response.items("allow")) - {"options"}), (405, {"get", "head"}), "POST on the subscribe path")
    eq(t.get("/sse").status, 404, "status of the default path")


@case("2", "id and event with CR, LF or NUL are a 400 and hurt no stream",
      original="differs: accepts them, and every stream dies")
def publish_control_characters(t):
    stream = t.sub()
    for field in ("id", "event"):
        for bad in ("a\nb", "a\rb", "a\r\nb", "a\0b", "\n"):
            response = t.post_json({"data": "x", field: bad})
            eq(response.status, 400, f"status of {field} {bad!r}")
            error_text(response)
            eq(t.post_form({"data": "x", field: bad}).status, 400, f"status of {field} {bad!r} in a form")
    t.publish("alive")
    stream.expect("data: alive")
