"""Section 11: presence, join and leave events."""

import json
import signal
import time

from blackbox.channels import OURS, event, refused
from blackbox.cluster import Engine, Node
from blackbox.tokens import FILES, KEY, bearer, token
from conform import EMIT, case, eq, ok

PRESENCE = ["--channels", "--presence"]
# The user of a stream is what its query says.
USERS = """
function subscribe(sub)
  if sub.req.query:match("refuse") then return nil end
  sub.user = sub.req.query:match("user=([^&]+)")
  return sub
end
"""
GRACE = 5


def told(block):
    """Whom an event is about: its name, channel, user and count; nothing else may be in it."""
    fields = event(block)
    eq(sorted(fields), ["data", "event"], "fields of the event")
    value = json.loads(fields["data"])
    eq(sorted(value), ["channel", "count", "sub"], "members of the data")
    return fields["event"], value["channel"], value["sub"], value["count"]


def present(t, channel, query=""):
    response = t.get(f"/sse/{channel}?presence=list{query}")
    eq(response.status, 200, "status of the list")
    eq(response.get("content-type"), "application/json", "content type of the list")
    value = response.json()
    eq(value["channel"], channel, "channel of the list")
    return [(user["sub"], user["streams"]) for user in value["present"]]


@case("11", "the first stream of a user publishes tinysse.join with channel, sub and count, also to that stream itself",
      args=PRESENCE, script=USERS, original=OURS)
def join(t):
    ann = t.sub("/sse/news?user=ann&presence=1")
    eq(told(ann.block()), ("tinysse.join", "news", "ann", 1), "own join")
    bob = t.sub("/sse/news?user=bob&presence=1")
    eq(told(bob.block()), ("tinysse.join", "news", "bob", 2), "join seen by the one who joins")
    eq(told(ann.block()), ("tinysse.join", "news", "bob", 2), "join seen by the other")


@case("11", "a further stream of the same user is no join, and its end no leave", args=PRESENCE, script=USERS, original=OURS)
def second_stream(t):
    ann = t.sub("/sse/news?user=ann&presence=1")
    eq(told(ann.block()), ("tinysse.join", "news", "ann", 1), "join")
    second = t.sub("/sse/news?user=ann")
    eq(present(t, "news"), [("ann", 2)], "list")
    second.leave()
    t.wait(lambda: present(t, "news") == [("ann", 1)], "the second stream is gone")
    third = t.sub("/sse/news?user=bob")
    eq(told(ann.block()), ("tinysse.join", "news", "bob", 2), "next event")
    third.leave()
    eq(told(ann.block(timeout=GRACE + 5)), ("tinysse.leave", "news", "bob", 1), "next event")


@case("11", "the end of the last stream publishes tinysse.leave after five seconds' grace, and not before", args=PRESENCE,
      script=USERS, original=OURS)
def leave(t):
    ann = t.sub("/sse/news?user=ann&presence=1")
    bob = t.sub("/sse/news?user=bob")
    eq([told(ann.block())[2] for _ in range(2)], ["ann", "bob"], "joins")
    began = time.monotonic()
    bob.leave()
    eq(told(ann.block(timeout=GRACE + 5)), ("tinysse.leave", "news", "bob", 1), "leave")
    ok(time.monotonic() - began > GRACE - 0.5, f"leave after {time.monotonic() - began:.1f} s")
    eq(present(t, "news"), [("ann", 1)], "list")


@case("11", "a reload within the grace is neither a leave nor a join", args=PRESENCE, script=USERS, original=OURS)
def reload(t):
    ann = t.sub("/sse/news?user=ann&presence=1")
    for _ in range(3):
        bob = t.sub("/sse/news?user=bob")
        bob.leave()
    bob = t.sub("/sse/news?user=bob")
    eq([told(ann.block()) for _ in range(2)],
       [("tinysse.join", "news", "ann", 1), ("tinysse.join", "news", "bob", 2)], "events")
    eq(ann.drain(GRACE + 1), "", "events within the grace and after it")
    t.publish("x", path="/sse/news")
    eq(ann.block(), "data: x", "next event")


@case("11", "only streams with ?presence=1 get presence events, and only of their channels", args=PRESENCE, script=USERS,
      original=OURS)
def who_is_told(t):
    asks, other, plain = t.sub("/sse/news?presence=1"), t.sub("/sse/other?presence=1"), t.sub("/sse/news")
    t.sub("/sse/news?user=ann")
    eq(told(asks.block()), ("tinysse.join", "news", "ann", 1), "event")
    for channel in ("news", "other"):
        t.publish("x", path="/sse/" + channel)
    for stream in (asks, other, plain):
        eq(stream.block(), "data: x", "next event")


@case("11", "streams by pattern hear of joins in channels that they match, and are on none themselves", args=PRESENCE,
      script=USERS, original=OURS)
def patterns(t):
    pattern = t.sub("/sse/orders.*?user=watcher&presence=1")
    everything = t.sub("/sse/**?user=watcher&presence=1")
    t.sub("/sse/orders.1,orders.*?user=ann")
    for stream in (pattern, everything):
        eq(told(stream.block()), ("tinysse.join", "orders.1", "ann", 1), "event")
    t.publish("x", path="/sse/orders.1")
    for stream in (pattern, everything):
        eq(stream.block(), "data: x", "next event")
    eq(present(t, "orders.1"), [("ann", 1)], "list")


@case("11", "a stream of several channels joins and leaves each of them", args=PRESENCE, script=USERS, original=OURS)
def several_channels(t):
    watch = t.sub("/sse/a,b?presence=1")
    ann = t.sub("/sse/a,b?user=ann")
    eq(sorted(told(watch.block()) for _ in range(2)),
       [("tinysse.join", "a", "ann", 1), ("tinysse.join", "b", "ann", 1)], "joins")
    ann.leave()
    eq(sorted(told(watch.block(timeout=GRACE + 5)) for _ in range(2)),
       [("tinysse.leave", "a", "ann", 0), ("tinysse.leave", "b", "ann", 0)], "leaves")


@case("11", "a stream without a user is on no channel", args=PRESENCE, script=USERS, original=OURS)
def nobody(t):
    watch = t.sub("/sse/news?presence=1")
    t.sub("/sse/news?presence=1")
    eq(present(t, "news"), [], "list")
    t.publish("x", path="/sse/news")
    eq(watch.block(), "data: x", "next event")


@case("11", "presence events come among messages in the order in which it happened, live and to many", args=PRESENCE,
      script=USERS, original=OURS)
def order(t):
    watch = [t.sub("/sse/news?presence=1") for _ in range(5)]
    for i in range(20):
        t.publish(str(i), path="/sse/news")
        t.sub(f"/sse/news?user=u{i}")
    for stream in watch:
        for i in range(20):
            eq(stream.block(), f"data: {i}", "message")
            eq(told(stream.block()), ("tinysse.join", "news", f"u{i}", i + 1), "join")


@case("11", "presence events keep their event line in envelope mode, as gaps do", args=PRESENCE, script=USERS, original=OURS)
def presence_in_envelope(t):
    ann = t.sub("/sse/news?user=ann&presence=1&envelope=json")
    eq(told(ann.block()), ("tinysse.join", "news", "ann", 1), "join")
    t.publish("x", path="/sse/news")
    eq(json.loads(event(ann.block())["data"]), {"channel": "news", "data": "x"}, "message")


@case("11", "presence events skip the hook message, are not stored and have no id", original=OURS,
      args=[*PRESENCE, "--history", "10"], script=USERS + """
function message(pub, sub)
  if pub.msg.event == "tinysse.join" then error("asked about a join") end
  pub.msg.comment = {"seen"}
  return pub
end
""")
def not_kept(t):
    first = t.publish("1", path="/sse/news")["id"]
    ann = t.sub("/sse/news?user=ann&presence=1")
    eq(told(ann.block()), ("tinysse.join", "news", "ann", 1), "join")
    t.publish("2", path="/sse/news")
    ok(ann.block().endswith("data: 2\n: seen"), "the message passed the hook")
    back = t.sub("/sse/news?user=bob&presence=1", headers={"Last-Event-ID": first})
    eq(event(back.block().replace("\n: seen", ""))["data"], "2", "replay")
    eq(told(back.block()), ("tinysse.join", "news", "bob", 2), "next event")


@case("11", "presence events count neither as queued nor as subscribers, and cost a publisher nothing", args=PRESENCE, script=USERS,
      original=OURS)
def receipt(t):
    ann = t.sub("/sse/news?user=ann&presence=1")
    t.sub("/sse/news?user=bob")
    eq(t.publish("x", path="/sse/news"), {"queued": 1, "subscribers": 2}, "response")
    eq([told(ann.block())[2] for _ in range(2)], ["ann", "bob"], "joins")


@case("11", "users are shown as they are, whatever is in their name", args=PRESENCE, original=OURS, script="""
local urldecode = function(text) return (text:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end)) end
function subscribe(sub) sub.user = urldecode(sub.req.query:match("user=([^&]+)") or "") return sub end
""")
def odd_names(t):
    watch = t.sub("/sse/news?presence=1")
    names = ['a"b\\c', "<img src=x onerror=alert(1)>", "Grüße\u2028", "a\nb\r\nevent: x", "x" * 300]
    for number, name in enumerate(names):
        t.sub("/sse/news?user=" + "".join(f"%{byte:02x}" for byte in name.encode()))
        eq(told(watch.block()), ("tinysse.join", "news", name, number + 1), "join")
    eq(sorted(name for name, _ in present(t, "news")), sorted(names), "list")


@case("11", "?presence=list lists the users and their streams as JSON and opens no stream", args=PRESENCE, script=USERS,
      original=OURS)
def list_(t):
    eq(present(t, "news"), [], "list of an empty channel")
    for user in ("bob", "ann", "ann"):
        t.sub(f"/sse/news,other?user={user}")
    eq(present(t, "news"), [("ann", 2), ("bob", 1)], "list")
    eq(present(t, "other"), [("ann", 2), ("bob", 1)], "list")
    eq(present(t, "default"), [], "list of the default channel")
    eq(t.get("/sse?presence=list").json(), {"channel": "default", "present": []}, "list of the plain path")
    eq(t.get("/sse?channel=news&presence=list").json()["channel"], "news", "channel in the query")
    head = t.request("HEAD", "/sse/news?presence=list")
    eq((head.status, head.get("content-type")), (200, "application/json"), "HEAD")


@case("11", "the list asks subscribe, whose refusal is the response, and tells unsubscribe at once", args=PRESENCE, original=OURS,
      script=EMIT + USERS + """
function unsubscribe(sub) emit("gone", {query = sub.req.query}) end
""")
def list_hook(t):
    refused(t.get("/sse/news?presence=list&refuse"), 403, "rejected by script")
    eq(present(t, "news", "&user=ann"), [], "list")
    eq(t.emitted("gone")[0]["query"], "presence=list&user=ann", "query of the stream that is gone")


@case("11", "who is sent to other channels by subscribe gets no list of this one", args=PRESENCE, original=OURS, script="""
function subscribe(sub) sub.channels = {"other"} return sub end
""")
def list_other_channel(t):
    refused(t.get("/sse/news?presence=list"), 403, "news")
    eq(present(t, "other"), [], "list")


@case("11", "another value of presence, or a list of several channels or a pattern, is a 400", args=PRESENCE, original=OURS)
def bad_values(t):
    for value in ("0", "true", "LIST", "2", ""):
        refused(t.get("/sse/news?presence=" + value), 400, "presence", value)
    refused(t.get("/sse/news?presence=1&presence=list"), 400, "presence")
    for channels in ("a,b", "a.*", "**"):
        refused(t.get(f"/sse/{channels}?presence=list"), 400, "channel")


@case("11", "without --presence ?presence=1 means nothing", args=["--channels"], script=USERS, original=OURS)
def off_no_presence(t):
    stream = t.sub("/sse/news?user=ann&presence=1")
    t.publish("x", path="/sse/news")
    eq(stream.block(), "data: x", "first event")


@case("11", "--presence without --channels is an error at start that names it", start=False, original=OURS)
def needs_channels(t):
    server, status = t.run_to_exit(["--presence"])
    eq(status, 2, "exit status")
    ok(any("presence" in line and "channels" in line for line in server.output()), "error names both")


@case("11", "every end of a stream is a leave: by its time, by a script, by a reset", original=OURS,
      args=[*PRESENCE, "--timeout", "2s", "--timeout-retry", "1s"], script=USERS + """
local tinysse = require("tinysse")
function publish(pub)
  tinysse.disconnect(function(sub) return sub.user == "bob" end)
  return pub
end
""")
def every_end(t):
    t.sub("/sse/news?user=ann")
    t.sub("/sse/news?user=bob")
    cid = t.sub("/sse/news?user=cid")
    t.publish("x", path="/sse/other")
    cid.leave("rst")
    eq([name for name, _ in present(t, "news")], ["ann", "bob", "cid"], "list within the grace")
    t.wait(lambda: present(t, "news") == [], "all have left", timeout=2 + GRACE + 5)


@case("11", "the sub of a token is the user; the list is for tokens that may subscribe there, and the hook has the last word",
      args=[*PRESENCE, *KEY], files=FILES, original=OURS, script="""
function subscribe(sub)
  if sub.auth and sub.auth.sub == "impostor" then sub.user = "known as eve" end
  return sub
end
""")
def users_of_tokens(t):
    news = token(subscribe=["news"], sub="anna")
    anna = t.sub("/sse/news?presence=1", bearer(news))
    eq(told(anna.block()), ("tinysse.join", "news", "anna", 1), "join")
    t.sub("/sse/news", bearer(token(subscribe=["**"], sub="impostor")))
    eq(told(anna.block()), ("tinysse.join", "news", "known as eve", 2), "join")
    response = t.get("/sse/news?presence=list", bearer(news))
    eq([user["sub"] for user in response.json()["present"]], ["anna", "known as eve"], "list")
    eq(t.get("/sse/news?presence=list").status, 401, "status without a token")
    eq(t.get("/sse/other?presence=list", bearer(news)).status, 403, "status for another channel")
    eq(t.get("/sse/news?presence=list", bearer(token(publish=["news"]))).status, 403, "status with a right to publish")
    eq(t.request("HEAD", "/sse/other?presence=list", bearer(news)).status, 403, "status of HEAD")


@case("11", "a stream that expires with its token is a leave", args=[*PRESENCE, *KEY, "--jwt-leeway", "0s"], files=FILES,
      original=OURS)
def expired(t):
    watch = t.sub("/sse/news?presence=1", bearer(token(subscribe=["news"], without=["sub"])))
    t.sub("/sse/news", bearer(token(subscribe=["news"], sub="anna", life=3)))
    eq(told(watch.block()), ("tinysse.join", "news", "anna", 1), "join")
    eq(told(watch.block(timeout=3 + GRACE + 5)), ("tinysse.leave", "news", "anna", 0), "leave")


@case("11", "over two nodes: the first stream on any is the join, who moves to the other node has not left, and each tells the same",
      start=False, original=OURS)
def over_nodes(t):
    engine = Engine(t)
    a, b = (Node(t, engine.url, *PRESENCE, script=USERS) for _ in range(2))
    watch = [node.sub("/sse/news,orders?presence=1") for node in (a, b)]
    ann = a.sub("/sse/news?user=ann")
    eq([told(stream.block()) for stream in watch], [("tinysse.join", "news", "ann", 1)] * 2, "join")
    t.wait(lambda: users_at(b) == [("ann", 1)], "ann in the list of the other node")
    bob = b.sub("/sse/news?user=bob")
    eq([told(stream.block()) for stream in watch], [("tinysse.join", "news", "bob", 2)] * 2, "join")
    ann.leave()
    moved = b.sub("/sse/news?user=ann")
    t.wait(lambda: users_at(a) == [("ann", 1), ("bob", 1)] == users_at(b), "both in both lists")
    bob.leave()
    eq([told(stream.block(timeout=GRACE + 5)) for stream in watch], [("tinysse.leave", "news", "bob", 1)] * 2, "next event")
    t.may_exit = True
    began = time.monotonic()
    b.server.signal(signal.SIGKILL)
    eq(told(watch[0].block(timeout=15)), ("tinysse.leave", "news", "ann", 0), "leave of the dead node's user")
    ok(time.monotonic() - began < 10, f"leave after {time.monotonic() - began:.1f} s")
    moved.leave()


def users_at(node):
    return [(user["sub"], user["streams"]) for user in node.get("/sse/news?presence=list").json()["present"]]


@case("11", "?presence=list without --presence is a 400 that names the option, and no stream", args=["--channels"], original=OURS)
def list_without_presence(t):
    response = t.get("/sse/news?presence=list")
    eq(response.status, 400, "status")
    ok("--presence" in response.json()["error"], f"error: {response.body}")
    t.sub("/sse/news?presence=1")
