"""Section 8: publishing once, however often a request is sent."""

import threading

from blackbox.channels import CHANNELS, OURS, data, post_lines, refused
from blackbox.fixtures import EMIT
from conform import case, eq, ok

COUNTING = EMIT + """
local sleep = require "sleep"
local calls = 0
function publish(pub)
  calls = calls + 1
  emit("call", {data = pub.msg.data})
  if pub.msg.event == "slow" then sleep(700) end
  if pub.msg.event == "no" then
    return nil, {status = 429, error = "call " .. calls, headers = {["X-Call"] = tostring(calls)}}
  end
  if pub.msg.event == "gone" then return nil, {status = 204} end
  return pub
end
"""


def key(value):
    return {"Idempotency-Key": value}


@case("8", "the same key on the same channel gets the same response, and the message is not published again",
      args=["--channels", "--history", "10"], original=OURS)
def same_key(t):
    stream = t.sub("/sse/a")
    first = t.post_json({"data": "1"}, path="/sse/a", headers=key("k"))
    eq(first.status, 202, "status")
    for path, fields in (("/sse/a", {"data": "1"}), ("/sse?channel=a", {"data": "1"})):
        again = t.post_json(fields, path=path, headers=key("k"))
        eq((again.status, again.get("content-type"), again.body), (202, first.get("content-type"), first.body), "response")
    t.publish("2", path="/sse/a")
    eq(data(stream, 2), ["1", "2"], "messages")


@case("8", "also with --channels alone", args=CHANNELS, original=OURS)
def same_key_without_history(t):
    stream = t.sub()
    responses = {t.post_json({"data": "1"}, headers=key("k")).body for _ in range(3)}
    eq(responses, {b'{"queued":1,"subscribers":1}'}, "responses")
    t.publish("2")
    stream.expect("data: 1", "data: 2")


@case("8", "another channel, and another key, is another message", args=CHANNELS, original=OURS)
def other_keys(t):
    stream = t.sub("/sse/**")
    for i, (path, k) in enumerate((("/sse/a", "k"), ("/sse/b", "k"), ("/sse", "k"), ("/sse/a", "K"), ("/sse/a", "k2"))):
        eq(t.post_json({"data": str(i)}, path=path, headers=key(k)).status, 202, "status")
    eq(data(stream, 5), [str(i) for i in range(5)], "messages")


@case("8", "the same key with another body is a 422 that names it", args=CHANNELS, original=OURS)
def key_with_another_body(t):
    stream = t.sub()
    eq(t.post_json({"data": "1"}, headers=key("my key")).status, 202, "status")
    refused(t.post_json({"data": "2"}, headers=key("my key")), 422, "my key")
    refused(t.post_form({"data": "1"}, headers=key("my key")), 422, "my key")
    t.publish("3")
    stream.expect("data: 1", "data: 3")


@case("8", "a key is 1 to 128 printable ASCII characters, anything else is a 400", args=CHANNELS, original=OURS)
def keys_that_cannot_be(t):
    for good in ("x", "x" * 128, "~", '"quoted, with; all"'):
        eq(t.post_json({"data": good}, headers=key(good)).status, 202, f"status of {good!r}")
    for bad in ("", "x" * 129, b"\xc3\xbc", b"a\tb"):
        refused(t.post_json({"data": "x"}, headers=key(bad)), 400, "Idempotency-Key")
    refused(t.post_json({"data": "x"}, headers=key(b"a\x7fb")), 400)
    refused(t.post_json({"data": "x"}, headers=[("Idempotency-Key", "a"), ("Idempotency-Key", "a")]), 400, "twice")


@case("8", "a bad message is a 400 with a key as without, and is not remembered", args=CHANNELS, original=OURS)
def bad_message_with_a_key(t):
    refused(t.post("{", headers=key("k")), 400)
    eq(t.post_json({"data": "x"}, headers=key("k")).status, 202, "status")


@case("8", "concurrent ones wait for the first, and get its response", args=CHANNELS, script=COUNTING, original=OURS)
def concurrent_keys(t):
    stream, responses = t.sub(), []
    threads = [threading.Thread(target=lambda: responses.append(t.post_json({"data": "1", "event": "slow"}, headers=key("k"))))
               for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    eq({(a.status, a.body) for a in responses}, {(202, responses[0].body)}, "responses")
    eq(len(responses), 6, "number of responses")
    t.publish("2")
    stream.expect("event: slow\ndata: 1", "data: 2")
    eq(len(t.emitted("call", 2)), 2, "calls of the hook")


@case("8", "a refusal is repeated with its status, its error and its headers", args=CHANNELS, script=COUNTING, original=OURS)
def refused_keys(t):
    for _ in range(3):
        response = t.post_json({"data": "1", "event": "no"}, headers=key("k"))
        eq((response.status, response.get("x-call"), response.body), (429, "1", b'{"error":"call 1"}'), "response")
    for _ in range(2):
        response = t.post_json({"data": "1", "event": "gone"}, headers=key("g"))
        eq((response.status, response.body), (204, b""), "response")
    eq(len(t.emitted("call", 2)), 2, "calls of the hook")


@case("8", "a key covers the whole of many messages", args=CHANNELS, original=OURS)
def key_of_many(t):
    stream = t.sub("/sse/**")
    lines = [{"data": "1"}, {"data": "2", "channel": "a"}]
    first = post_lines(t, lines, headers=key("k"))
    again = post_lines(t, lines, headers=key("k"))
    eq((again.status, again.get("content-type"), again.body), (202, "application/x-ndjson", first.body), "response")
    refused(post_lines(t, lines[:1], headers=key("k")), 422, "k")
    t.publish("3")
    eq(data(stream, 3), ["1", "2", "3"], "messages")


@case("8", "without --channels and --history the header means nothing", original=OURS)
def key_without_flags(t):
    stream = t.sub()
    for value in ("k", "k", "", "x" * 500):
        eq(t.post_json({"data": "1"}, headers=key(value)).status, 202, "status")
    stream.expect(*["data: 1"] * 4)


@case("8", "also with --history alone", args=["--history", "10"], original=OURS)
def key_with_history_alone(t):
    ids = {t.post_json({"data": "1"}, headers=key("k")).json()["id"] for _ in range(3)}
    ok(len(ids) == 1, f"ids: {ids}")
