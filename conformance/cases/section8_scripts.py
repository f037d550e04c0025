"""Section 8.5: scripts and history: replay, and the stored fields of a publication."""

import os
import time

from blackbox.channels import HISTORY, OURS, data, last_event_id
from conform import EMIT, case, eq, ok

CATCHUP = EMIT + """
function catchup(sub, last_event_id, gap)
  emit("catchup", {id = last_event_id, gap = gap})
  local query = sub.req.query
  if query == "own" then return {{data = "own"}} elseif query == "none" then return {} elseif query == "fail" then error("boom") end
end"""


@case("8.5", "an array that catchup returns, also an empty one, replaces the replay; nil leaves it to the server", args=HISTORY,
      script=CATCHUP, original=OURS)
def who_replays(t):
    ids = [t.publish(str(i))["id"] for i in range(3)]
    own, none, server = (t.sub("/sse?" + query, headers=last_event_id(ids[0])) for query in ("own", "none", "server"))
    t.publish("live")
    eq(data(own, 2), ["own", "live"], "at an array")
    eq(data(none, 1), ["live"], "at an empty array")
    eq(data(server, 3), ["1", "2", "live"], "at nil")
    eq(data(t.sub("/sse?since=all"), 4), ["0", "1", "2", "live"], "at nil, without an id")


@case("8.5", "without catchup the server replays", args=HISTORY, script="function message(pub, sub) return pub end", original=OURS)
def no_catchup(t):
    ids = [t.publish(str(i))["id"] for i in range(3)]
    eq(data(t.sub(headers=last_event_id(ids[0])), 2), ["1", "2"], "replay")


@case("8.5", "catchup gets the reason of the gap, or nil", args=["--channels", "--history", "3"], script=CATCHUP, original=OURS)
def catchup_gap(t):
    ids = [t.publish(str(i))["id"] for i in range(6)]
    for count, last in enumerate(({"Last-Event-ID": "order-8"}, last_event_id(ids[0]), last_event_id(ids[4]), {}), 1):
        t.sub(headers=last)
        t.emitted("catchup", count)  # which comes after what the client sees first
    eq([(call.get("id"), call.get("gap")) for call in t.emitted("catchup", 4)],
       [("order-8", "unknown"), (ids[0], "expired"), (ids[4], None), (None, None)], "ids and gaps")


@case("8.5", "without history catchup is asked as ever, and gap is nil", script=CATCHUP, original=OURS)
def catchup_without_history(t):
    stream = t.sub("/sse?own", headers=last_event_id("7"))
    eq(data(stream, 1), ["own"], "what catchup returned")
    eq(t.emitted("catchup")[0], {"kind": "catchup", "id": "7"}, "arguments")


SECRETS = """
function publish(pub) pub.secret = pub.req.headers["x-secret"] == "1" return pub end
function subscribe(sub) sub.all = sub.req.query:find("staff") ~= nil return sub end
function message(pub, sub)
  if pub.secret and not sub.all then return nil end
  pub.msg.data = pub.msg.data .. " at " .. (pub.channel or "default")
  return pub
end"""


@case("8.5", "what the server replays passes message, which hides what publish has marked", args=HISTORY, script=SECRETS,
      original=OURS)
def message_in_replay(t):
    live = t.sub("/sse/a,b")
    first = t.publish("first", path="/sse/a")["id"]
    for i in range(6):
        eq(t.post_json({"data": str(i)}, path="/sse/" + "ab"[i % 2], headers={"X-Secret": str(i % 3 % 2)}).status, 202, "status")
    told = ["0 at a", "2 at a", "3 at b", "5 at b"]
    eq(data(live, 5), ["first at a", *told], "live")
    eq(data(t.sub("/sse/a,b", headers=last_event_id(first)), 4), told, "replay")
    everything = [f"{i} at {'ab'[i % 2]}" for i in range(6)]
    eq(data(t.sub("/sse/a,b?staff", headers=last_event_id(first)), 6), everything, "replay to the staff")
    eq(data(t.sub("/sse/a,b?last=4"), 3), ["2 at a", "3 at b", "5 at b"], "the last four, of which one is hidden")


@case("8.5", "what catchup returns skips message", args=HISTORY, script="""
function catchup(sub) return {{data = "caught up"}} end
function message(pub, sub) pub.msg.data = "message " .. pub.msg.data return pub end""", original=OURS)
def catchup_skips_message(t):
    t.publish("x")
    stream = t.sub("/sse?since=all")
    t.publish("y")
    eq(data(stream, 2), ["caught up", "message y"], "messages")


# The keys that publish sets, as message sees them.
KEYS = EMIT + r"""
local function byte(c) return ("<%02x>"):format(c:byte()) end
local function shown(value)
  if type(value) ~= "table" then return (math.type(value) or type(value)) .. " " .. ("%q"):format(value):gsub("[\128-\255]", byte) end
  local parts = {}
  for k, v in pairs(value) do parts[#parts + 1] = shown(k) .. "=" .. shown(v) end
  table.sort(parts)
  return "{" .. table.concat(parts, ",") .. "}"
end
function publish(pub)
  pub.text, pub.bytes, pub.empty = "ü:;{}#", "\255\0\128", ""
  pub.int, pub.min, pub.float, pub.inf, pub.neg = 7, math.mininteger, 7.0, 1/0, -1/0
  pub.yes, pub.no = true, false
  pub.deep = {1, 2.5, {a = {[true] = "x", [3] = "y", [1.5] = "z"}}}
  pub[1], pub[true] = "one", "yes"
  local shared = {n = 1}
  pub.both = {shared, shared}
  return pub
end
function message(pub, sub)
  local keys = {}
  for k, v in pairs(pub) do if k ~= "req" and k ~= "msg" then keys[k] = v end end
  pub.msg.data = shown(keys) .. tostring(pub.both[1].n == pub.both[2].n) .. pub.req.method .. pub.req.uri .. pub.req.headers["x-a"]
  return pub
end"""


@case("8.5", "message sees the same in a replay as live: channel, msg, req and the keys that publish set, as far as data",
      args=HISTORY, script=KEYS, original=OURS)
def same_keys(t):
    live = t.sub("/sse/a")
    eq(t.post_json({"data": "x", "id": "7", "event": "e", "comment": ["c"]}, path="/sse/a?q=1", headers={"X-A": "a"}).status, 202,
       "status")
    seen = live.block()
    ok("<c3><bc>:;{}#" in seen and "<ff>" in seen and "integer 7" in seen and "POST/sse/a?q=1" in seen, f"not what was set: {seen}")
    eq(t.sub("/sse/a?since=all").block(), seen, "replay")


@case("8.5", "functions, coroutines and cycles are left out, and logged once per key", args=HISTORY, script="""
function publish(pub)
  pub.f, pub.co, pub.me, pub.t = print, coroutine.create(print), pub, {n = 1, f = print}
  pub.t.t = pub.t
  return pub
end
function message(pub, sub)
  pub.msg.data = ("%s %s %s %d %s"):format(type(pub.f), type(pub.co), type(pub.me), pub.t.n, type(pub.t.f))
  return pub
end""", original=OURS)
def what_is_no_data(t):
    live = t.sub()
    for _ in range(3):
        t.publish("x")
    eq(data(live, 1), ["function thread table 1 function"], "live")
    eq(data(t.sub("/sse?last=1"), 1), ["nil nil nil 1 nil"], "replay")
    for key in ("f", "co", "me", "t"):
        t.log(rf"WARN .*history keeps data alone: pub\.{key} (is|holds) ")
    eq(len([line for line in t.server.output() if "history keeps data alone" in line]), 4, "lines in the log")


HEADERS = EMIT + """
function publish(pub) emit("publish", {headers = pub.req.headers}) pub.user = pub.req.headers.authorization return pub end
function message(pub, sub) emit("message", {headers = pub.req.headers, user = pub.user}) return pub end"""
SENT = {"Authorization": "Bearer one", "Proxy-Authorization": "Basic two", "Cookie": "session=three", "X-Kept": "four"}


@case("8.5", "with history, req.headers in message has no credentials, live and replayed alike; publish sees them",
      args=HISTORY, script=HEADERS, original=OURS)
def no_credentials(t):
    live = t.sub()
    eq(t.post_json({"data": "x"}, headers=SENT).status, 202, "status")
    eq(data(live, 1) + data(t.sub("/sse?since=all"), 1), ["x", "x"], "messages")
    headers = t.emitted("publish")[0]["headers"]
    eq([headers.get(name.lower()) for name in SENT], list(SENT.values()), "headers in publish")
    seen = t.emitted("message", 2)
    for call in seen:
        eq([call["headers"].get(name.lower()) for name in SENT], [None, None, None, "four"], "headers in message")
        eq(call["user"], "Bearer one", "what publish has set")
    eq(seen[0]["headers"], seen[1]["headers"], "headers in the replay")


@case("8.5", "without history, req.headers in message is as it was sent", script=HEADERS)
def credentials_without_history(t):
    live = t.sub()
    eq(t.post_json({"data": "x"}, headers=SENT).status, 202, "status")
    eq(data(live, 1), ["x"], "message")
    headers = t.emitted("message")[0]["headers"]
    eq([headers.get(name.lower()) for name in SENT], list(SENT.values()), "headers")


DISK = ["--history", "100", "--data-dir", "@DIR@/data"]


@case("8.5", "what publish has set outlives a restart, and hides in the replay what it has hidden before", start=False, original=OURS)
def keys_over_a_restart(t):
    args = ["--channels", *DISK]
    for round_ in range(2):
        t.start(args, script=SECRETS)
        if round_ == 0:
            for i in range(6):
                eq(t.post_json({"data": str(i)}, headers={"X-Secret": str(i % 2)}).status, 202, "status")
        eq(data(t.sub("/sse?since=all"), 3), [f"{i} at default" for i in (0, 2, 4)], "replay")
        eq(data(t.sub("/sse?since=all&staff"), 6), [f"{i} at default" for i in range(6)], "replay to the staff")
        t.stop()
    t.start(args, script="function message(pub, sub) pub.msg.data = tostring(pub.secret) return pub end")
    eq(data(t.sub("/sse?since=all"), 6), ["false", "true"] * 3, "what another script finds")


@case("8.5", "no credentials are ever written to disk", start=False, original=OURS)
def no_credentials_on_disk(t):
    t.start(DISK, script="function publish(pub) return pub end function message(pub, sub) return pub end")
    for _ in range(3):
        eq(t.post_json({"data": "x"}, headers=SENT).status, 202, "status")
    t.stop()
    kept = b"".join(open(os.path.join(folder, name), "rb").read() for folder, _, names in os.walk(t.path("data")) for name in names)
    ok(b"four" in kept, "the other header is not stored")
    for secret in (b"Bearer one", b"Basic two", b"session=three"):
        ok(secret not in kept, f"{secret} is on the disk")


PACKAGE = EMIT + """
local tinysse = require "tinysse"
function publish(pub)
  if pub.msg.event ~= "run" then return pub end
  local ok, result = pcall(load("return " .. pub.msg.data, "run", "t", {tinysse = tinysse}))
  emit("ran", {result = ok and result or tostring(result)})
end"""


def run(t, text):
    before = len(t.emitted_now("ran"))
    eq(t.post_json({"event": "run", "data": text}).status, 403, "status")
    return t.emitted("ran", before + 1)[before].get("result")


@case("8.5", "tinysse.history reads messages oldest first, with id, channel and time; after, since and last choose", args=HISTORY,
      script=PACKAGE, original=OURS)
def package_history(t):
    ids = [t.publish(str(i), path="/sse/" + "ab"[i % 2], event="e", comment=["c"])["id"] for i in range(10)]
    t.publish("own", path="/sse/a", id="7")
    first = run(t, "tinysse.history('a')[1]")
    ok(abs(first.pop("time") / 1000 - time.time()) < 60, "time")
    eq(first, {"id": ids[0], "event": "e", "data": "0", "comment": ["c"], "channel": "a"}, "first message")
    for options, numbers in (("{}", ["0", "2", "4", "6", "8", "own"]), ("{last = 2}", ["8", "own"]),
                             (f"{{after = '{ids[4]}'}}", ["6", "8", "own"]), ("{after = 7}", []),
                             (f"{{after = '{ids[0]}', last = 2}}", ["8", "own"]), ("{since = 60000}", ["0", "2", "4", "6", "8", "own"])):
        found = run(t, f"tinysse.history('a', {options})")
        eq([message["data"] for message in found or []], numbers, f"with {options}")
    eq([run(t, f"#tinysse.history('{name}')") for name in ("b", "nobody", "default")], [5, 0, 0], "other channels")


@case("8.5", "tinysse.publish stores its message with the id that it returns", args=HISTORY, script=PACKAGE, original=OURS)
def package_publish_kept(t):
    result = run(t, "tinysse.publish({data = 'x'}, 'a')")
    eq(run(t, "tinysse.history('a')[1].id"), result["id"], "id")
    t.publish("y", path="/sse/a")
    stream = t.sub("/sse/a", headers=last_event_id(result["id"]))
    eq(data(stream, 1), ["y"], "what follows it")
    eq(run(t, "tinysse.publish({id = 'own', data = 'z'}, 'a').id"), "own", "id of its own")


@case("8.5", "tinysse.history is an error for what is out of range or of the wrong type", args=HISTORY, script=PACKAGE, original=OURS)
def package_history_errors(t):
    for arguments, named in (("", "Tinysse.history"), ("'a b'", 'expected a name: "a b"'), ("'a', {last = 0}", "last=0"),
                             ("'a', {last = 1001}", "last=1001"), ("'a', {since = -1}", "since is invalid"), ("'a', {after = {}}", "after is invalid"),
                             ("'a', 5", "Tinysse.history")):
        text = run(t, f"tinysse.history({arguments})")
        ok(isinstance(text, str) and named in text, f"error at {arguments}: {text!r}")


@case("8.5", "when catchup replaces the replay, the client gets no gap: the script gets it", args=HISTORY, script=CATCHUP,
      original=OURS)
def gap_of_the_script(t):
    stream = t.sub("/sse?own", headers=last_event_id("order-8"))
    t.publish("live")
    eq(data(stream, 2), ["own", "live"], "messages")
