"""Section 9: several nodes are one server: delivery, ids, history, publishing once, scripts."""

import json
import time

from blackbox.channels import OURS, data, event, gap, last_event_id, post_lines
from blackbox.cluster import Engine, Load, Node, Proxy, Reader, check_order, wait_all
from conform import EMIT, case, eq, ok

HISTORY = ["--channels", "--history", "100"]


@case("9", "a message published at one node reaches the streams of all", start=False, original=OURS)
def delivered_everywhere(t):
    redis = Engine(t)
    nodes = [Node(t, redis.url) for _ in range(3)]
    streams = [node.sub() for node in nodes]
    for i, node in enumerate(nodes):
        node.publish(f"from {i}", event="news", comment=["c"])
    for stream in streams:
        for i in range(3):
            eq(stream.block(), f"event: news\ndata: from {i}\n: c", "event")


@case("9", "nodes with another --cluster-name or database are another server", start=False, original=OURS)
def names_and_databases(t):
    redis = Engine(t)
    mine, other = Node(t, redis.url), Node(t, redis.url, "--cluster-name", "other")
    third = Node(t, redis.url + "/3")
    streams = [node.sub() for node in (mine, other, third)]
    for node, text in ((mine, "mine"), (other, "other"), (third, "third")):
        node.publish(text)
    for stream, text in zip(streams, ("mine", "other", "third")):
        eq(data(stream, 1), [text], "message")


@case("9", "three publishers at three nodes: one order everywhere, with and without history", start=False, original=OURS)
def one_order(t):
    redis = Engine(t)
    for name, args in (("kept", HISTORY), ("live", [])):
        nodes = [Node(t, redis.url, "--cluster-name", name, *args) for _ in range(3)]
        readers = [Reader([node.port]) for node in nodes for _ in range(2)]
        loads = [Load([node], f"n{i}-", 0) for i, node in enumerate(nodes)]
        t.wait(lambda: sum(len(load.acknowledged) for load in loads) > 200, "200 messages")
        for load in loads:
            load.stop()
        eq(sum(len(load.refused) + len(load.unknown) for load in loads), 0, "refused")
        wait_all(t, readers, [data for load in loads for data in load.acknowledged])
        check_order(readers, loads)
        for reader in readers:
            reader.stop()


@case("9", "ids are the same on all nodes: a client resumes at another node without gap or repetition", start=False,
      original=OURS)
def coming_back_elsewhere(t):
    redis = Engine(t)
    a, b = Node(t, redis.url, *HISTORY), Node(t, redis.url, *HISTORY)
    stream = a.sub("/sse/x,y")
    ids = [a.publish(str(i), path="/sse/" + "xy"[i % 2])["id"] for i in range(10)]
    seen = [event(stream.block()) for _ in range(4)]
    eq([fields["id"] for fields in seen], ids[:4], "ids")
    back = b.sub("/sse/x,y", headers=last_event_id(seen[-1]["id"]))
    eq(data(back, 6), [str(i) for i in range(4, 10)], "replay")
    b.publish("live", path="/sse/y")
    eq(data(back, 1), ["live"], "live")
    pattern = b.sub("/sse/**?last=3")
    eq(data(pattern, 3), ["8", "9", "live"], "?last=3")
    a.publish("own", path="/sse/x", id="order-8")
    a.publish("next", path="/sse/x")
    eq(data(b.sub("/sse/x", headers=last_event_id("order-8")), 1), ["next"], "behind an own id")


@case("9", "a lagging node: a client that resumes from an id it has not read yet gets the messages after it, once",
      start=False, original=OURS)
def node_that_hears_late(t):
    redis = Engine(t)
    proxy = Proxy(t, redis)
    prompt, late = Node(t, redis.url, *HISTORY), Node(t, proxy.url, *HISTORY)
    prompt.publish("before")

    def later(data):
        time.sleep(0.15)
        return data

    proxy.rewrite = later
    time.sleep(0.5)
    seen = prompt.sub()
    ids = [prompt.publish(text)["id"] for text in ("0", "1", "2")]
    eq(data(seen, 3), ["0", "1", "2"], "at the node that it leaves")
    streams = [late.sub(headers=last_event_id(seen_last)) for seen_last in ids]
    for text in ("3", "4"):
        prompt.publish(text)
    for number, stream in enumerate(streams):
        want = ["0", "1", "2", "3", "4"][number + 1:]
        eq(data(stream, len(want)), want, f"behind {number}")
    redis.call("FLUSHALL")
    fresh = prompt.publish("5")["id"]
    back = late.sub(headers=last_event_id(fresh))
    prompt.publish("6")
    eq(data(back, 1), ["6"], "behind an id of an epoch of which this node hears later")


@case("9", "history survives all nodes, and gaps are reported as on one", start=False, original=OURS)
def history_in_the_engine(t):
    redis = Engine(t)
    args = ["--channels", "--history", "3"]
    node = Node(t, redis.url, *args)
    ids = [node.publish(str(i), path="/sse/a")["id"] for i in range(6)]
    node.server.stop(5)
    node = Node(t, redis.url, *args)
    eq(data(node.sub("/sse/a?since=all"), 3), ["3", "4", "5"], "kept")
    stream = node.sub("/sse/a", headers=last_event_id(ids[0]))
    told, value = gap(stream, "a")
    eq((value["after"], value["reason"]), (ids[0], "expired"), "gap")
    eq(data(stream, 3), ["3", "4", "5"], "what is left")
    eq(data(node.sub("/sse/a", headers=last_event_id(told)), 3), ["3", "4", "5"], "behind the id of the gap")
    stream = node.sub("/sse/a", headers=last_event_id("nobody's"))
    eq(gap(stream, "a")[1]["reason"], "unknown", "reason")
    t.may_exit = True


@case("9", "Idempotency-Key holds over all nodes", start=False, original=OURS)
def once_over_nodes(t):
    redis = Engine(t)
    a, b = Node(t, redis.url, *HISTORY), Node(t, redis.url, *HISTORY)
    stream = b.sub("/sse/x")
    key = {"Idempotency-Key": "k1"}
    first = a.post({"data": "1"}, path="/sse/x", headers=key)
    again = b.post({"data": "1"}, path="/sse/x", headers=key)
    eq((again.status, again.json()["id"]), (202, first.json()["id"]), "response of the other node")
    eq(b.post({"data": "2"}, path="/sse/x", headers=key).status, 422, "status with another body")
    eq(b.post({"data": "1"}, path="/sse/y", headers=key).status, 202, "status on another channel")
    b.publish("end", path="/sse/x")
    eq(data(stream, 2), ["1", "end"], "messages")
    lone = [Node(t, redis.url, "--cluster-name", "plain") for _ in range(2)]
    responses = [node.post({"data": "1"}, headers=key) for node in lone]
    eq([response.status for response in responses], [202, 202], "status without history")
    eq(responses[0].text, responses[1].text, "the same response")


@case("9", "the hook of no node runs for a key whose response is stored", start=False, original=OURS)
def once_asked_over_nodes(t):
    redis = Engine(t)
    script = """local deny = os.getenv('DENY')
    function publish(pub)
      if deny then return nil, {status = 409, error = 'asked again'} end
      if pub.msg.event == 'no' then return nil, {status = 409, error = 'no'} end
      return pub
    end"""
    a = Node(t, redis.url, *HISTORY, script=script)
    b = Node(t, redis.url, *HISTORY, script=script, env={"DENY": "1"})
    stream = b.sub("/sse/**")
    key = {"Idempotency-Key": "k1"}
    lines = [{"data": "2"}, {"data": "x", "event": "no"}, {"id": "own", "data": "3"}, {"data": "4", "channel": "x"}]
    refusals = [{"data": "x", "event": "no"}]
    eq(a.post({"data": "1", "event": "no"}, path="/sse/x", headers=key).status, 409, "status of a refusal")
    first = a.post({"data": "1"}, path="/sse/x", headers=key)
    a._at()
    batch, refused_batch = post_lines(t, lines, headers=key), post_lines(t, refusals, path="/sse/y", headers=key)
    eq([r.status for r in (first, batch, refused_batch)], [202] * 3, "statuses")
    again = b.post({"data": "1"}, path="/sse/x", headers=key)
    eq((again.status, again.body), (202, first.body), "response of the other node")
    b._at()
    eq(post_lines(t, lines, headers=key).body, batch.body, "response to the batch")
    eq(post_lines(t, refusals, path="/sse/y", headers=key).body, refused_batch.body, "response to the refused batch")
    eq(b.post({"data": "2"}, path="/sse/x", headers=key).status, 422, "status with another body")
    eq(b.post({"data": "1"}, path="/sse/z", headers=key).status, 409, "status on another channel")
    a.publish("end")
    eq(data(stream, 5), ["1", "2", "3", "4", "end"], "messages")


@case("9", "the messages of one request stand together in the order of their channel", start=False, original=OURS)
def many_together(t):
    redis = Engine(t)
    a, b = Node(t, redis.url), Node(t, redis.url)
    stream = b.sub()
    load = Load([b], "other", 0)
    a._at()
    eq(post_lines(t, [{"data": f"line{i}"} for i in range(500)]).status, 202, "status")
    load.stop()
    got = []
    while "line499" not in got:
        got += data(stream, 1)
    start = got.index("line0")
    eq(got[start:start + 500], [f"line{i}" for i in range(500)], "messages of the request")


@case("9", "message runs on the node of the stream, with what publish has attached, and without credentials", start=False,
      original=OURS)
def scripts(t):
    redis = Engine(t)
    publish = "function publish(pub) pub.secret = 'for ' .. pub.req.query pub.f = function() end return pub end"
    message = """function message(pub, sub)
      pub.msg.data = pub.msg.data .. '|' .. tostring(pub.secret) .. '|' .. tostring(pub.f) .. '|' .. pub.channel
        .. '|' .. tostring(pub.req.headers.authorization) .. '|' .. tostring(pub.req.headers['x-a'])
      return pub end"""
    a = Node(t, redis.url, "--channels", script=publish)
    b = Node(t, redis.url, "--channels", script=message)
    stream = b.sub("/sse/c")
    a.post({"data": "d"}, path="/sse/c?x=1", headers={"Authorization": "Bearer t", "X-A": "1"})
    eq(data(stream, 1), ["d|for x=1|nil|c|nil|1"], "what message sees")
    ok("Bearer" not in json.dumps(redis.call("XRANGE", "{tinysse}:log", "-", "+")), "credentials are in the backend")


@case("9", "tinysse.publish goes to all nodes; startup runs on every one", start=False, original=OURS)
def published_by_script(t):
    redis = Engine(t)
    script = EMIT + """local tinysse = require "tinysse"
      function startup() emit("started") end
      function publish(pub) tinysse.publish({data = "by script"}) return nil end"""
    a, b = Node(t, redis.url, script=script), Node(t, redis.url, script=script)
    for node in (a, b):
        node.log('"kind":"started"')
    stream = b.sub()
    eq(a.post({"data": "x"}).status, 403, "status")
    eq(data(stream, 1), ["by script"], "message")


@case("9", "a slow consumer that fell behind reads from the backend", start=False, original=OURS)
def fed_from_the_engine(t):
    redis = Engine(t)
    a, b = (Node(t, redis.url, "--channels", "--history", "10000", "--capacity", "8", "--max-body-size", "8MB")
            for _ in range(2))
    stream = b.sub("/sse/s", receive_buffer=4096)
    a._at()
    for first in range(0, 600, 100):
        eq(post_lines(t, [{"data": f"{i} " + "x" * 20000} for i in range(first, first + 100)], path="/sse/s").status, 202,
           "status")
    eq([text.split(" ")[0] for text in data(stream, 600)], [str(i) for i in range(600)], "messages")


@case("9", "nodes with different history are warned of", start=False, original=OURS)
def different_history(t):
    redis = Engine(t)
    a = Node(t, redis.url, "--history", "5", "--node-name", "node-a")
    b = Node(t, redis.url, "--history", "6", "--node-name", "node-b")
    a.log(r"WARN.*node-b.*history limits", timeout=10)
    b.log(r"WARN.*node-a.*history limits", timeout=10)
