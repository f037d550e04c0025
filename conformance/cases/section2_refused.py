"""Section 2: what is not accepted."""

from blackbox.fixtures import FORM, error_text
from conform import case, eq, ok


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


@case("2", "an unknown path is a 404 with a JSON error, and a HEAD of it has no body")
def unknown_path(t):
    for method, target in (("GET", "/nope"), ("POST", "/nope"), ("POST", "/"), ("GET", "/sse/"), ("POST", "/sse/more")):
        response = t.request(method, target, {"Content-Type": "application/json"}, b"{}" if method == "POST" else None)
        eq(response.status, 404, f"status of {method} {target}")
        error_text(response)
        t.note_response(f"{method} {target}", response)
    response = t.request("HEAD", "/nope")
    eq((response.status, response.get("content-type"), response.body), (404, "application/json", b""), "HEAD")


@case("2", "another method is a 405 with Allow and a JSON error")
def other_method(t):
    for method in ("PUT", "DELETE", "PATCH"):
        response = t.request(method, "/sse")
        eq(response.status, 405, f"status of {method}")
        error_text(response)
        t.note_response(method, response)
        eq(sorted(set(response.items("allow")) - {"options"}), ["get", "head", "post"], "Allow")


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


@case("2", "an event whose name begins with tinysse. is a 400 in JSON, forms and lines, and reaches no stream",
      args=["--channels"], original="differs: accepts it")
def reserved_events(t):
    stream = t.sub()
    for response in (t.post_json({"event": "tinysse.gap", "data": "x"}),
                     t.post_form({"event": "tinysse.join", "data": "x"}),
                     t.post('{"data":"x"}\n{"event":"tinysse.leave","data":"x"}\n', "application/x-ndjson")):
        eq(response.status, 400, "status")
        ok("tinysse.leave" not in error_text(response) or error_text(response).startswith("line 2: "), "the line")
        ok("event=tinysse." in error_text(response), f"error: {error_text(response)}")
    t.publish("x", event="tinysse")
    stream.expect("event: tinysse\ndata: x")


@case("2", "scripts may send events whose name begins with tinysse.", script="""
local tinysse = require "tinysse"
function publish(pub)
  tinysse.publish({event = "tinysse.first", data = pub.msg.data})
  pub.msg.event = "tinysse.second"
  return pub
end""", original="differs: has no package tinysse")
def reserved_events_of_scripts(t):
    stream = t.sub()
    t.publish("x")
    stream.expect("event: tinysse.first\ndata: x")
    stream.expect("event: tinysse.second\ndata: x")


@case("2", "the log says at DEBUG which parts of a request have no effect", args=["--log-level", "DEBUG"],
      original="differs: does not say it")
def ignored_fields(t):
    t.sub("/sse?topic=a&channel=b&last_event_id=1")
    t.log(r"DEBUG tinysse: query parameter is ignored: name=topic known=")
    t.log(r"DEBUG tinysse: query parameter is ignored: name=channel \(needs --channels\)")
    eq(t.post('{"data":"x","dta":1,"channel":"c"}', path="/sse?topic=a").status, 202, "status")
    t.log(r"DEBUG tinysse: field of a message is ignored: name=dta known=")
    t.log(r"DEBUG tinysse: field of a message is ignored: name=channel \(needs --channels\)")
    t.log(r"DEBUG tinysse: query parameter is ignored: name=topic known=channel$")
    eq(t.post_form({"data": "x", "text": "y"}).status, 202, "status")
    t.log(r"DEBUG tinysse: field of a message is ignored: name=text known=")
