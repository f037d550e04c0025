"""Section 9.5 and 9.6: counts, presence, lists and ends over all nodes."""

import json
import re
import signal
import time

from blackbox.channels import OURS, data, event, gap, last_event_id
from blackbox.cluster import Engine, Node
from blackbox.operators import ADMIN, ask
from conform import EMIT, case, eq, matches, ok

SCRIPT = EMIT + """
local tinysse = require "tinysse"
function subscribe(sub) sub.user = sub.req.query:match("user=(%w+)") sub.tag = {n = 7} return sub end
function unsubscribe(sub) emit("gone", {user = sub.user}) end
function publish(pub)
  if pub.msg.event == "counts" then
    pub.msg.data = json.encode({all = tinysse.subscribers(), x = tinysse.subscribers("x"), list = tinysse.channels()})
    emit("counts", {data = pub.msg.data})
    return nil
  elseif pub.msg.event == "kick" then
    local n = tinysse.disconnect(function(sub) return sub.user == pub.msg.data and sub.tag.n == 7 end)
    emit("kicked", {n = n})
    return nil
  end
  return pub
end"""


def subscribers(node, path="/sse/x"):
    return node.publish("how many?", path=path, event="count")["subscribers"]


@case("9.1", "subscribers are the streams of all nodes, at most two seconds old; a dead node's are gone within ten seconds",
      start=False, original=OURS)
def counted(t):
    redis = Engine(t)
    a, b, c = (Node(t, redis.url, "--channels") for _ in range(3))
    streams = [node.sub(path) for node, path in
               ((a, "/sse/x"), (b, "/sse/x,y"), (b, "/sse/*"), (c, "/sse/x"), (c, "/sse/z"))]
    opened = time.monotonic()
    for node in (a, b, c):
        t.wait(lambda: subscribers(node) == 4, "4 subscribers", 2.5)
    ok(time.monotonic() - opened < 4, "counts are soon there")
    streams[3].leave()
    t.wait(lambda: subscribers(a) == 3, "3 subscribers", 2.5)
    eq(subscribers(a, "/sse/z"), 2, "subscribers of z")
    b.server.signal(signal.SIGKILL)
    t.may_exit = True
    t.wait(lambda: subscribers(a) == 1, "1 subscriber", 10)
    b.start()
    streams.append(b.sub("/sse/x"))
    t.wait(lambda: subscribers(a) == 2, "2 subscribers", 2.5)


@case("9.6", "tinysse.subscribers, channels and disconnect are those of all nodes", start=False, original=OURS)
def scripts_over_nodes(t):
    redis = Engine(t)
    a, b = (Node(t, redis.url, "--channels", script=SCRIPT) for _ in range(2))
    streams = [a.sub("/sse/x?user=ann"), b.sub("/sse/x,y?user=bob"), b.sub("/sse/w.*?user=ann")]
    def counts():
        a.post({"event": "counts", "data": ""}, path="/sse/x")
        return json.loads(a._at().emitted("counts")[-1]["data"])
    t.wait(lambda: counts()["all"] == 3, "3 streams", 5)
    got = counts()
    eq(got["x"], 2, "subscribers of x")
    eq({c["name"]: c["subscribers"] for c in got["list"]}, {"x": 2, "y": 1}, "channels")
    a.post({"event": "kick", "data": "ann"}, path="/sse/x", timeout=10)
    eq(a._at().emitted("kicked")[0]["n"], 2, "how many were ended")
    for stream in (streams[0], streams[2]):
        ok("retry: " in stream.to_end(), "retry")
    eq(b._at().emitted("gone")[0]["user"], "ann", "unsubscribe")
    b.publish("still here", path="/sse/x")
    eq(data(streams[1], 1), ["still here"], "the stream that is left")


@case("9.6", "the lists of operators are those of all nodes, and DELETE reaches them", start=False, original=OURS)
def listed(t):
    redis = Engine(t)
    admin = ["--channels", "--history", "10", "--admin-listen", "unix:@DIR@/{}.sock"]
    import http.client
    import socket
    class Unix(http.client.HTTPConnection):
        def __init__(self, path):
            super().__init__("127.0.0.1")
            self.path = path
        def connect(self):
            self.sock = socket.socket(socket.AF_UNIX)
            self.sock.connect(self.path)
    def ask(name, method, target):
        connection = Unix(t.path(name + ".sock"))
        connection.request(method, target)
        return json.loads(connection.getresponse().read())
    nodes = {name: Node(t, redis.url, *[a.format(name) for a in admin], "--node-name", "node-" + name)
             for name in ("a", "b")}
    streams = [nodes["a"].sub("/sse/x"), nodes["b"].sub("/sse/x"), nodes["b"].sub("/sse/y")]
    t.wait(lambda: len(ask("a", "GET", "/streams")["streams"]) == 3, "3 streams")
    for name in nodes:
        listing = ask(name, "GET", "/streams")["streams"]
        eq(sorted(s["node"] for s in listing), ["node-a", "node-b", "node-b"], "nodes of the streams")
        channels = {c["name"]: c["streams"] for c in ask(name, "GET", "/channels")["channels"]}
        eq(channels, {"x": 2, "y": 1}, "channels")
    nodes["a"].publish("1", path="/sse/x")
    stored = ask("b", "GET", "/channels/x")
    eq((stored["streams"], stored["messages"]), (2, 1), "channel x")
    eq(ask("a", "DELETE", "/streams?channel=x"), {"ended": 2}, "ended")
    for stream in streams[:2]:
        ok("retry: " in stream.to_end(), "retry")
    nodes["b"].publish("on", path="/sse/y")
    eq(data(streams[2], 1), ["on"], "the stream that is left")
    t.wait(lambda: ask("b", "GET", "/streams")["streams"][0]["channels"] == ["y"], "one is left")


@case("9.5", "presence is that of all nodes; a node's death is a leave within ten seconds", start=False, original=OURS)
def presence(t):
    redis = Engine(t)
    script = "function subscribe(sub) sub.user = sub.req.query:match('user=(%w+)') return sub end"
    a, b = (Node(t, redis.url, "--channels", "--presence", script=script) for _ in range(2))
    watch = a.sub("/sse/x?presence=1")
    ann = b.sub("/sse/x?user=ann")
    eq(json.loads(event(watch.block(3))["data"])["sub"], "ann", "join")
    listing = a.get("/sse/x?presence=list").json()
    ok("ann" in json.dumps(listing), f"list {listing}")
    again = a.sub("/sse/x?user=ann")
    ann.leave()
    bob = b.sub("/sse/x?user=bob")
    fields = event(watch.block(3))
    eq((fields["event"], json.loads(fields["data"])["sub"]), ("tinysse.join", "bob"), "next event")
    b.server.signal(signal.SIGKILL)
    t.may_exit = True
    fields = event(watch.block(11))
    eq((fields["event"], json.loads(fields["data"])["sub"]), ("tinysse.leave", "bob"), "leave of the dead node's user")


@case("9", "every node reports the same history; deletion at one node deletes it everywhere, and resumed streams get a gap",
      start=False, original=OURS)
def forgotten_everywhere(t):
    redis = Engine(t)
    a, b = (Node(t, redis.url, *ADMIN, "--channels", "--history", "2") for _ in range(2))
    for node, text in ((a, "1"), (b, "2"), (a, "3")):
        node.publish(text, path="/sse/x")
    reader = b.sub("/sse/x?since=all")
    ids = [event(reader.block())["id"] for _ in range(2)]
    a.publish("other", path="/sse/y")
    for node in (a, b):
        stored = ask(at(node), "GET", "/channels/x").json()
        eq((stored["messages"], stored["published"], stored["oldest"], stored["newest"]), (2, 3, *ids), "history of x")
        eq([one["name"] for one in ask(at(node), "GET", "/channels").json()["channels"]], ["x", "y"], "channels")
        matches(r"(?m)^tinysse_history_messages 3(\.0)?$", ask(at(node), "GET", "/metrics").text, "the whole history")
    eq(ask(at(a), "DELETE", "/channels/x/history").json(), {"forgotten": 2}, "forgotten")
    eq(ask(at(b), "DELETE", "/channels/x/history").json(), {"forgotten": 0}, "forgotten again")
    b.publish("4", path="/sse/x")
    for node in (a, b):
        back = node.sub("/sse/x", last_event_id(ids[0]))
        gap(back, "x")
        eq(data(back, 1), ["4"], "what is replayed behind the gap")
        eq(data(node.sub("/sse/x", last_event_id(ids[1])), 1), ["4"], "what comes to who misses nothing")
        eq(data(node.sub("/sse/y?since=all"), 1), ["other"], "another channel")


@case("9", "tinysse_cluster_connected and tinysse_cluster_seconds of each operation are among the metrics of a node", start=False,
      original=OURS)
def figures_of_the_engine(t):
    redis = Engine(t)
    node = Node(t, redis.url, *ADMIN, "--history", "5")
    for text in "abc":
        node.publish(text)
    eq(data(node.sub("/sse?since=all"), 3), ["a", "b", "c"], "replay")
    found = ask(at(node), "GET", "/metrics").text
    matches(r"(?m)^tinysse_cluster_connected 1(\.0)?$", found, "connected")
    counts = dict(re.findall(r'(?m)^tinysse_cluster_seconds_count\{operation="(\w+)"\} (\d+)', found))
    eq(sorted(counts), ["append", "heartbeat", "read"], "operations")
    eq(int(counts["append"]), 3, "appends, one after the other")
    ok(int(counts["heartbeat"]) > 0 and int(counts["read"]) > 0, f"counts {counts}")
    redis.stop()
    t.wait(lambda: re.search(r"(?m)^tinysse_cluster_connected 0(\.0)?$", ask(at(node), "GET", "/metrics").text),
           "not connected")


def at(node):
    return node._at()
