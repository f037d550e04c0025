"""Section 5: the hooks of a stream: subscribe, catchup, message, timeout, unsubscribe."""

from blackbox.fixtures import LEAVING, error_text
from conform import EMIT, case, eq, matches, ok


@case("5", "subscribe may set keys and return a table of its own", script=EMIT + """
function subscribe(sub) return {req = sub.req, name = "own"} end
function message(pub, sub) pub.msg.data = sub.name .. " " .. sub.req.path return pub end
""")
def subscribe_hook_own_table(t):
    stream = t.sub()
    t.publish("x")
    stream.expect("data: own /sse")


@case("5", "an error in subscribe is a 500 with a JSON error, logged with file and line, without unsubscribe",
      script=EMIT + """
function subscribe(sub)
  if sub.req.query == "bad" then error("nobody may") end
  return sub
end
function unsubscribe(sub) emit("gone", {query = sub.req.query}) end""")
def subscribe_hook_error(t):
    response = t.get("/sse?bad")
    eq(response.status, 500, "status")
    error_text(response)
    t.log(r"hooks\.lua\"?\]?:3: nobody may")
    t.sub("/sse?good").leave()
    eq([call["query"] for call in t.emitted("gone")], ["good"], "unsubscribe calls")


@case("5", "a rejected subscription gets no catchup and no unsubscribe", script=EMIT + """
function subscribe(sub) if sub.req.query ~= "no" then return sub end end
function catchup(sub) emit("catchup", {query = sub.req.query}) end
function unsubscribe(sub) emit("gone", {query = sub.req.query}) end""")
def rejected_gets_no_hooks(t):
    eq(t.get("/sse?no").status, 403, "status")
    t.sub("/sse?yes").leave()
    t.emitted("gone")
    eq([(c["kind"], c["query"]) for c in t.emitted_now()], [("catchup", "yes"), ("gone", "yes")], "calls")


@case("5", "what catchup returns is sent right after ok, all fields, and skips message", script=EMIT + """
function catchup(sub, id)
  return {{id = "1", event = "e", data = "a\\nb", comment = {"c"}}, {data = "two"}, {comment = {"x", "y"}}, {id = id}}
end
function message(pub, sub) emit("message", {data = pub.msg.data}) return pub end""")
def catchup_messages(t):
    stream = t.sub(headers={"Last-Event-ID": "77"})
    stream.expect("id: 1\nevent: e\ndata: a\ndata: b\n: c", "data: two", ": x\n: y", "id: 77")
    t.publish("live")
    stream.expect("data: live")
    eq([call["data"] for call in t.emitted("message")], ["live"], "message calls")


@case("5", "catchup may return nothing or an empty array, and messages without a field are left out", script="""
function catchup(sub, id)
  if sub.req.query == "empty" then return {} end
  if sub.req.query == "gaps" then return {{data = "a"}, {}, {other = 1}, {data = "b"}} end
end""")
def catchup_empty(t):
    for query, before in (("nil", []), ("empty", []), ("gaps", ["data: a", "data: b"])):
        stream = t.sub("/sse?" + query)
        t.publish("live")
        stream.expect(*before, "data: live")
        stream.leave()


@case("5", "an error in catchup means no catch-up; the stream continues",
      script="function catchup(sub, id)\n  error('no history')\nend")
def catchup_error(t):
    stream = t.sub()
    t.publish("live")
    stream.expect("data: live")


@case("5", "message may change what one stream gets, and nil skips that stream only", script="""
function subscribe(sub) sub.name = sub.req.query return sub end
function message(pub, sub)
  if sub.name == "skip" and pub.msg.data ~= "end" then return nil end
  if sub.name == "loud" then pub.msg.data = string.upper(pub.msg.data) pub.msg.event = "loud" end
  return pub
end""")
def message_per_stream(t):
    loud, plain, skip = t.sub("/sse?loud"), t.sub("/sse?plain"), t.sub("/sse?skip")
    eq(t.publish("hello")["subscribers"], 3, "subscribers")
    t.publish("end")
    loud.expect("event: loud\ndata: HELLO", "event: loud\ndata: END")
    plain.expect("data: hello", "data: end")
    skip.expect("data: end")


@case("5", "an error in message skips that delivery, is logged with file and line, and hurts nobody else", script="""
function message(pub, sub)
  if sub.req.query == "bad" and pub.msg.data == "x" then error("not this one") end
  return pub
end""")
def message_error(t):
    bad, good = t.sub("/sse?bad"), t.sub("/sse?good")
    t.publish("x")
    t.publish("y")
    bad.expect("data: y")
    good.expect("data: x", "data: y")
    t.log(r"hooks\.lua\"?\]?:3: not this one")


@case("5", "timeout gets the elapsed milliseconds and may choose the retry value",
      args=["--timeout", "300ms", "--timeout-retry", "9s"], script=EMIT + """
function subscribe(sub) sub.name = sub.req.query return sub end
function timeout(sub, elapsed)
  emit("timeout", {name = sub.name, elapsed = elapsed})
  if sub.name == "own" then return 1234 end
end""")
def timeout_hook(t):
    for name, retry in (("own", 1234), ("none", 9000)):
        rest = t.sub("/sse?" + name).to_end()
        matches(rf"^: timeout\nretry: ?{retry}\n\n$", rest, f"end of the stream {name}")
    calls = t.emitted("timeout", 2)
    eq([call["name"] for call in calls], ["own", "none"], "names")
    for call in calls:
        ok(300 <= call["elapsed"] < 5000, f"elapsed: {call['elapsed']}")


@case("5", "unsubscribe runs exactly once for each accepted stream, however it ends", args=["--timeout", "1500ms"],
      script=LEAVING)
def unsubscribe_once(t):
    late = t.sub("/sse?timeout")
    t.sub("/sse?fin").leave("fin")
    t.sub("/sse?rst").leave("rst")
    late.to_end()
    t.emitted("gone", 3)
    last = t.sub("/sse?last")
    t.publish("x")
    last.expect("data: x")
    last.leave()
    t.emitted("gone", 4)
    eq(sorted(call["name"] for call in t.emitted_now("gone")), ["fin", "last", "rst", "timeout"], "who has gone")
