"""Section 8: publishing once, however often a request is sent."""

import signal
import threading

from blackbox.channels import CHANNELS, OURS, data, post_lines, refused
from blackbox.fixtures import EMIT
from blackbox.operators import ADMIN, ask
from blackbox.tokens import FILES, KEY, api_key, bearer, token
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


@case("8", "concurrent ones with a key of a refused request publish one after the other", args=CHANNELS, script=COUNTING,
      original=OURS)
def concurrent_refused_keys(t):
    responses = []
    threads = [threading.Thread(target=lambda: responses.append(t.post_json({"data": "1", "event": "no"}, headers=key("k"))))
               for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    eq(sorted((a.status, a.body) for a in responses), [(429, b'{"error":"call %d"}' % (i + 1)) for i in range(4)], "responses")


@case("8", "only a 202 is stored: a refused request may be sent again with its key, and with another body", args=CHANNELS,
      script=COUNTING, original=OURS)
def refused_keys(t):
    stream = t.sub()
    for i in range(1, 3):
        response = t.post_json({"data": "1", "event": "no"}, headers=key("k"))
        eq((response.status, response.get("x-call"), response.body), (429, str(i), b'{"error":"call %d"}' % i), "response")
    eq(t.post_json({"data": "1", "event": "gone"}, headers=key("k")).status, 204, "status")
    for _ in range(2):
        eq(t.post_json({"data": "2"}, headers=key("k")).status, 202, "status")
    refused(t.post_json({"data": "1", "event": "no"}, headers=key("k")), 422, "k")
    t.publish("3")
    stream.expect("data: 2", "data: 3")
    eq(len(t.emitted("call", 5)), 5, "calls of the hook")


TWO_CALLERS = """
function publish(pub)
  if pub.auth.sub == "mallory" then return nil, {status = 403, error = "not you"} end
  return pub
end
"""


@case("8", "a key belongs to the caller: another sub with the same key publishes, or is refused for itself",
      args=CHANNELS + KEY, files=FILES, script=TWO_CALLERS, original=OURS)
def keys_of_callers(t):
    def post(sub, data, **claims):
        return t.post_json({"data": data}, path="/sse/a", headers={**key("k"), **bearer(token(["a"], ["a"], sub, **claims))})

    stream = t.sub("/sse/a", bearer(token([], ["a"])))
    refused(post("mallory", "1"), 403, "not you")
    eq(post("anna", "1").status, 202, "status of another caller with the same key and body")
    refused(post("mallory", "1"), 403, "not you")
    eq(post("bob", "2").status, 202, "status of another caller with the same key and another body")
    eq(post("anna", "1", jti="another").status, 202, "status with another token of the same sub")
    refused(post("anna", "2"), 422, "k")
    for jti in ("x", "y"):
        eq(post("anna", "3", without=["sub"], jti=jti).status, 202, "status of tokens without sub")
    eq(post("bob", "4", iss="other").status, 202, "status of the same sub of another issuer")
    eq(data(stream, 5), ["1", "2", "3", "3", "4"], "messages")


@case("8", "a key belongs to the API key, also if a user has its name", args=CHANNELS + KEY + ["--api-keys", "@DIR@/keys"],
      files={"keys": api_key("app", "k1", "publish:a") + api_key("other", "k2", "publish:a"), **FILES}, original=OURS)
def keys_of_applications(t):
    stream = t.sub("/sse/a", bearer(token([], ["a"])))
    callers = [("k1", bearer("k1")), ("k2", bearer("k2")), ("token", bearer(token(["a"], [], "app")))]
    for _ in range(2):
        for text, headers in callers:
            eq(t.post_json({"data": text}, path="/sse/a", headers={**key("k"), **headers}).status, 202, "status")
    eq(data(stream, 3), ["k1", "k2", "token"], "messages")


@case("8", "a key of the admin API is not that of an unauthenticated publisher", args=[*ADMIN, *CHANNELS], original=OURS)
def keys_of_operators(t):
    stream = t.sub("/sse/a")
    post = lambda: ask(t, "POST", "/publish?channel=a", {**key("k"), "Content-Type": "application/json"}, b'{"data":"2"}').status
    for _ in range(2):
        eq(t.post_json({"data": "1"}, path="/sse/a", headers=key("k")).status, 202, "status of a publisher")
        eq(post(), 202, "status of an operator")
    t.publish("3", path="/sse/a")
    eq(data(stream, 3), ["1", "2", "3"], "messages")


@case("8", "a token is a 401 if its sub or iss is no text, or a text of it is not Unicode: it is not the caller with that text",
      args=CHANNELS + KEY, files=FILES, original=OURS)
def keys_of_odd_callers(t):
    post = lambda **claims: t.post_json({"data": "x"}, path="/sse/a", headers={**key("k"), **bearer(token(["a"], **claims))})
    for name in ("sub", "iss"):
        eq(post(**{name: "5"}).status, 202, f"status of a text as {name}")
        for value in (5, 5.0, True, [], {}, ["anna"], "\ud800", "\udfff"):
            response = post(**{name: value})
            eq((response.status, response.json()), (401, {"error": "the token is malformed"}), f"{name}={value!r}")


@case("8", "the channel of a key is the one that was requested, whatever the hook makes of it", args=CHANNELS,
      script="function publish(pub) pub.channel = 'b' return pub end", original=OURS)
def requested_channel(t):
    stream = t.sub("/sse/b")
    for path in ("/sse/a", "/sse/b", "/sse/a", "/sse/b"):
        eq(t.post_json({"data": path}, path=path, headers=key("k")).status, 202, "status")
    t.publish("end")
    eq(data(stream, 3), ["/sse/a", "/sse/b", "end"], "messages")


@case("8", "a batch that names no channel does not use the keys of default", args=CHANNELS, original=OURS)
def batch_without_channel(t):
    stream = t.sub("/sse/**")
    eq(t.post_json({"data": "1"}, headers=key("k")).status, 202, "status")
    for _ in range(2):
        eq(post_lines(t, [{"data": "2", "channel": "a"}], headers=key("k")).status, 202, "status of the batch")
    refused(post_lines(t, [{"data": "3"}], path="/sse/default", headers=key("k")), 422, "k")
    t.publish("3")
    eq(data(stream, 3), ["1", "2", "3"], "messages")


@case("8", "a batch of which all is refused, also of one line on which the hook fails, is a 202 and is stored", args=CHANNELS,
      script=COUNTING + "\nlocal before = publish function publish(pub) local p, r = before(pub) "
             "if pub.msg.event == 'bad' then error('bad') end return p, r end", original=OURS)
def refused_batches(t):
    for event, k in (("no", "k1"), ("bad", "k2")):
        first = post_lines(t, [{"data": "1", "event": event}], headers=key(k))
        eq(first.status, 202, "status")
        ok("error" in first.text, f"no error in {first.text!r}")
        eq(post_lines(t, [{"data": "1", "event": event}], headers=key(k)).body, first.body, "response")
    eq(len(t.emitted("call", 2)), 2, "calls of the hook")


@case("8", "a key survives a kill -9, and the hook does not run again", start=False, original=OURS)
def keys_after_a_kill(t):
    args = ["--channels", "--history", "10", "--data-dir", "@DIR@/data"]
    t.start(args, script=COUNTING)
    lines = [{"data": "2"}, {"data": "3", "event": "no"}, {"id": "own", "data": "4"}, {"data": "5"}]
    first = t.post_json({"data": "1"}, path="/sse/a", headers=key("k"))
    batch = post_lines(t, lines, headers=key("b"))
    refusals = post_lines(t, [{"data": "6", "event": "no"}], headers=key("r"))
    eq(len(t.emitted("call", 6)), 6, "calls of the hook")
    t.may_exit = True
    t.server.signal(signal.SIGKILL)
    t.server.wait_exit(10)
    t.start(args, script=COUNTING)
    eq(t.post_json({"data": "1"}, path="/sse/a", headers=key("k")).body, first.body, "response")
    refused(t.post_json({"data": "2"}, path="/sse/a", headers=key("k")), 422, "k")
    eq(post_lines(t, lines, headers=key("b")).body, batch.body, "response to the batch")
    eq(post_lines(t, [{"data": "6", "event": "no"}], headers=key("r")).body, refusals.body, "response to the refused batch")
    t.publish("end")
    eq(data(t.sub("/sse/**?since=all"), 5), ["1", "2", "4", "5", "end"], "messages")
    eq(len(t.emitted_now("call")), 1, "calls of the hook after the restart")


@case("8", "stored responses are limited in bytes: publishing goes on where they would fill the heap", args=CHANNELS,
      script="function publish(pub) return nil, {status = 400, error = pub.msg.event .. string.rep('x', 500)} end",
      env={"JAVA_OPTS": "-Xmx64m"}, original=OURS)
def bytes_of_responses(t):
    lines = [{"data": "x", "event": str(i)} for i in range(2000)]
    for i in range(150):  # a megabyte each
        eq(post_lines(t, lines, headers=key(f"k{i}")).status, 202, f"status of batch {i}")


@case("8", "the lines of batches count toward the memory of requests while these wait for a hook or a key", args=CHANNELS,
      script=EMIT + """local sleep = require "sleep"
      function publish(pub)
        if pub.msg.data == "0" then emit("begun") sleep(2000) end
        return pub
      end""", env={"JAVA_OPTS": "-Xmx64m"}, original=OURS)
def memory_of_batches(t):
    lines, responses = ['{"data":"%d"}' % i for i in range(4000)], []  # of 8 MB, each takes two
    post = lambda: responses.append(post_lines(t, lines, headers=key("k")))
    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    t.emitted("begun", 1)
    for thread in threads:
        thread.join(30)
    taken = [r for r in responses if r.status == 202]
    eq({(r.status, r.get("retry-after")) for r in responses}, {(202, None), (503, "1")}, "statuses")
    eq({r.body for r in taken}, {taken[0].body}, "responses")
    ok(len(taken) <= 4, f"{len(taken)} batches were taken")
    eq(post_lines(t, lines, headers=key("k")).body, taken[0].body, "response when there is memory again")


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
