"""Section 9: faults of the backend, with real processes. Streams stay open in each of them."""

import json
import os
import re
import shutil
import signal
import threading
import time

from blackbox.channels import OURS, data, event, gap, last_event_id
from blackbox.cluster import (AWAY, SILENT, Engine, Load, Node, Proxy, Reader, check_order, sentinel, wait_all)
from blackbox.wire import Connection, request_bytes
from conform import Fail, case, eq, matches, ok, one_of

HISTORY = ["--channels", "--history", "1000"]


def wait_progress(t, loads, more=20, timeout=15):
    """Waits until each publisher has so many more messages acknowledged."""
    goals = [len(load.acknowledged) + more for load in loads]
    t.wait(lambda: all(len(load.acknowledged) >= goal for load, goal in zip(loads, goals)), "publishers go on", timeout)


def three(t, url, *args):
    """Three nodes, a stream at each, a publisher at each."""
    nodes = [Node(t, url, *args) for _ in range(3)]
    readers = [Reader([node.port]) for node in nodes]
    loads = [Load([node], f"n{i}-", 0.02) for i, node in enumerate(nodes)]
    wait_progress(t, loads)
    return nodes, readers, loads


def settle(t, readers, loads):
    for load in loads:
        load.stop()
    wait_all(t, readers, [text for load in loads for text in load.acknowledged])
    check_order(readers, loads)


def kept_going(readers):
    eq([reader.gaps for reader in readers], [[] for _ in readers], "gaps")
    eq([reader.comebacks for reader in readers], [0 for _ in readers], "streams that ended")


@case("9.3", "backend down for long: publishes get a 503, streams stay, health fails after ten seconds, and nothing "
      "is lost after the reconnect", start=False, original=OURS)
def engine_stops(t):
    redis = Engine(t, "--appendonly", "yes", "--appendfsync", "always")
    nodes, readers, loads = three(t, redis.url, *HISTORY, "--keep-alive", "2s")
    quiet = nodes[0].sub("/sse/quiet")
    redis.stop()
    away = time.monotonic()
    for node in nodes[:2]:
        t.wait(lambda: AWAY in node.post({"data": "x"}).text, "a publish is refused", 5)
    begin = time.monotonic()
    response = nodes[1].post({"data": "x"}, timeout=5)
    eq((response.status, response.json()), (503, {"error": AWAY}), "publish")
    ok(response.get("retry-after"), "Retry-After")
    ok(time.monotonic() - begin < 2.1, "refused within 2.1 s")
    joined = nodes[2].sub()
    eq(quiet.block(8), ": keep-alive", "keep-alive without the backend")
    eq(nodes[0].health()[0], 200, "health in the first seconds")
    nodes[0].wait_health("disconnected", 15)
    ok(time.monotonic() - away > 8, "ten seconds of grace")
    redis.start()
    back = time.monotonic()
    wait_progress(t, loads, 1, 10)
    ok(time.monotonic() - back < 6.5, f"goes on within 5.5 s: {time.monotonic() - back:.1f}")
    for node in nodes:
        node.wait_health("ok", 10)
        eq(len([line for line in node.server.output() if "lost connection" in line]), 1, "lines of the loss")
        matches(r"away=1\d\.\ds", node.log("INFO.*reconnected to the backend")[0], "line of the reconnect")
        eq(len([line for line in node.server.output() if "reconnected to the backend" in line]), 1, "lines of the reconnect")
    settle(t, readers, loads)
    kept_going(readers)
    eq(set(text for load in loads for text in load.errors), {json.dumps({"error": AWAY}, separators=(",", ":"))}
       | {text for load in loads for text in load.errors if SILENT in text}, "errors")
    ok(data(joined, 1), "a stream that was opened meanwhile gets live messages")


@case("9.4", "backend paused: detected within ten seconds, and nothing lost or repeated when it continues", start=False,
      original=OURS)
def engine_paused(t):
    redis = Engine(t)
    nodes, readers, loads = three(t, redis.url, *HISTORY)
    redis.pause()
    begin = time.monotonic()
    response = nodes[0].post({"data": "paused"}, timeout=5)
    eq((response.status, response.json()), (503, {"error": SILENT}), "publish")
    ok(1.5 < time.monotonic() - begin < 2.6, f"after --cluster-timeout: {time.monotonic() - begin:.1f}")
    for node in nodes:
        node.log("WARN.*lost connection to the backend", timeout=10 - (time.monotonic() - begin))
    time.sleep(3)
    redis.resume()
    wait_progress(t, loads)
    settle(t, readers, loads)
    kept_going(readers)


@case("9.3", "a backend that closes idle connections is not reported as lost, and nothing waits for that", start=False,
      original=OURS)
def idle_connections(t):
    redis = Engine(t, "--timeout", "2")
    node = Node(t, redis.url, *HISTORY)
    node.publish("0")
    eq(data(node.sub("/sse?since=all"), 1), ["0"], "replay")
    time.sleep(4)
    eq(data(node.sub("/sse?since=all"), 1), ["0"], "replay after a while")
    node.publish("1")
    eq([line for line in node.server.output() if "lost connection" in line], [], "log")


@case("9", "--cluster-timeout limits publishes: with a short one the node stays connected to a slow backend",
      start=False, original=OURS)
def short_timeout(t):
    redis = Engine(t)
    proxy = Proxy(t, redis)

    def later(data):
        time.sleep(0.1)
        return data

    proxy.rewrite = later
    node = Node(t, proxy.url, "--cluster-timeout", "50ms", *HISTORY)
    stream = node.sub()
    begin = time.monotonic()
    response = node.post({"data": "late"})
    eq((response.status, response.json()), (503, {"error": SILENT}), "publish")
    ok(time.monotonic() - begin < 1, "refused soon")
    eq(data(stream, 1), ["late"], "it was published all the same")
    time.sleep(1)
    eq(node.health(), (200, "ok"), "health")
    eq([line for line in node.server.output() if "lost connection" in line], [], "log")


@case("9.3", "a backend that pauses for a moment: all publishes wait for it, and are published",
      start=False, original=OURS)
def engine_stands_still(t):
    redis = Engine(t)
    node = Node(t, redis.url, "--cluster-timeout", "3s")
    stream = node.sub()
    time.sleep(1.2)  # nothing was appended for a while
    redis.pause()
    statuses = []

    def publish(number):
        connection = Connection(node.port)
        connection.send(request_bytes("POST", "/sse", {"Content-Type": "application/json"}, b'{"data":"%d"}' % number))
        statuses.append(connection.response(10, "POST").status)
        connection.close()

    publishers = [threading.Thread(target=publish, args=(number,)) for number in range(5)]
    for publisher in publishers:
        publisher.start()
    time.sleep(1.5)
    redis.resume()
    for publisher in publishers:
        publisher.join(15)
    eq(statuses, [202] * 5, "statuses")
    eq(sorted(data(stream, 5)), ["0", "1", "2", "3", "4"], "messages")
    eq([line for line in node.server.output() if "lost connection" in line], [], "log")


@case("9.3", "a backend that accepts the login but no heartbeat: the log reports the lost connection once", start=False, original=OURS)
def heartbeat_refused(t):
    redis = Engine(t)
    node = Node(t, redis.url)
    nodes = next(key for key in redis.call("KEYS", "*") if key.endswith(":nodes"))
    redis.call("DEL", nodes)
    redis.call("SET", nodes, "of somebody else")
    node.log("WARN.*lost connection to the backend")
    time.sleep(1.5)
    redis.call("DEL", nodes)
    node.log("reconnected to the backend")
    eq(len([line for line in node.server.output() if re.search("lost connection|reconnected", line)]), 2, "lines")


@case("9.1", "a connection that breaks between request and answer: the publication is taken once", start=False,
      original=OURS)
def cut_between(t):
    redis = Engine(t)
    proxy = Proxy(t, redis)
    node, other = Node(t, proxy.url, "--history", "100"), Node(t, redis.url, "--history", "100")
    stream = other.sub()
    node.publish("0")
    for i in range(1, 4):
        proxy.cut_answers = 1
        eq(node.post({"data": str(i)}).status, 202, f"status of {i}")
        eq(proxy.cut_answers, 0, "cuts that are left")
        node.wait_health("ok")
        t.wait(lambda: node.post({"data": "probe"}).status == 202, "connected again")
    node.publish("end")
    got = []
    while "end" not in got:
        got += data(stream, 1)
    eq([text for text in got if text != "probe"], ["0", "1", "2", "3", "end"], "messages")


@case("9.4", "connections cut at random under load: no gap, nothing twice", start=False, original=OURS)
def cut_at_random(t):
    redis = Engine(t)
    proxy = Proxy(t, redis)
    nodes, readers, loads = three(t, proxy.url, *HISTORY)
    for _ in range(5):
        proxy.cut()
        wait_progress(t, loads, 5)
        proxy.cut_answers = 2
        wait_progress(t, loads, 5)
    settle(t, readers, loads)
    kept_going(readers)


@case("9.4", "FLUSHALL: every stream gets a gap, ids go on, and resuming from an old id gets a gap, too", start=False,
      original=OURS)
def flushed(t):
    redis = Engine(t)
    for name, args in (("kept", HISTORY), ("live", ["--channels"])):
        a, b = (Node(t, redis.url, "--cluster-name", name, *args) for _ in range(2))
        streams = [a.sub("/sse/x"), b.sub("/sse/x")]
        last = a.publish("1", path="/sse/x").get("id")
        for stream in streams:
            eq(data(stream, 1), ["1"], "before")
        redis.call("FLUSHALL")
        for stream in streams:
            told, value = gap(stream, "x")
            one_of(value["reason"], ("epoch", "expired"), "reason")
            eq((value.get("after"), told is None), (last, last is None), "after, and an id only with history")
        b.publish("2", path="/sse/x")
        for stream in streams:
            eq(data(stream, 1), ["2"], "goes on")
        if last:
            back = b.sub("/sse/x", headers={"Last-Event-ID": last})
            eq(gap(back, "x")[1]["reason"], "epoch", "reason for a stream resumed from an older id")
            eq(data(back, 1), ["2"], "what is left")
            exact = a.sub("/sse/x", headers={"Last-Event-ID": told})
            eq(data(exact, 1), ["2"], "behind the id of the gap")


@case("9.4", "backend restarted with an older file: every stream gets a gap, positions are not reused", start=False,
      original=OURS)
def older_file(t):
    redis = Engine(t)
    a, b = Node(t, redis.url, *HISTORY), Node(t, redis.url, *HISTORY)
    ids = [a.publish("kept", path="/sse/x")["id"]]
    redis.call("SAVE")
    streams = [node.sub("/sse/x", headers=last_event_id(ids[0])) for node in (a, b)]  # b may not have read the message yet
    ids += [a.publish(f"lost {i}", path="/sse/x")["id"] for i in range(5)]
    for stream in streams:
        data(stream, 5)
    redis.stop()
    redis.start()
    for stream in streams:
        one_of(gap(stream, "x")[1]["reason"], ("epoch", "expired"), "reason")
    for node in (a, b):
        node.wait_health("ok")
    t.wait(lambda: b.post({"data": "new"}, path="/sse/x").status == 202, "a publish")
    for stream in streams:
        eq(data(stream, 1), ["new"], "goes on")
    back = a.sub("/sse/x", headers={"Last-Event-ID": ids[3]})
    eq(gap(back, "x")[1]["reason"], "epoch", "reason")
    got = [event(back.block()) for _ in range(2)]
    eq([fields["data"] for fields in got], ["kept", "new"], "what is left")
    ok(got[1]["id"] not in ids, "an id came again")


@case("9.4", "keys that a backend has evicted are a gap, never an unreported loss", start=False, original=OURS)
def evicted(t):
    redis = Engine(t)
    for key in ("log", "state", "channel:x"):
        name = key.replace(":", "-")
        a, b = (Node(t, redis.url, "--cluster-name", name, *HISTORY) for _ in range(2))
        stream = a.sub("/sse/x")
        first = b.publish("1", path="/sse/x")["id"]
        b.publish("2", path="/sse/x")
        eq(data(stream, 2), ["1", "2"], "before")
        redis.call("DEL", "{%s}:%s" % (name, key))
        b.publish("3", path="/sse/x")
        fields = event(stream.block())
        if fields.get("event") == "tinysse.gap":
            fields = event(stream.block())
        eq(fields["data"], "3", f"goes on without {key}")
        back = b.sub("/sse/x", headers={"Last-Event-ID": first})
        if key == "log":
            eq(data(back, 2), ["2", "3"], "replay")
        else:
            one_of(gap(back)[1]["reason"], ("epoch", "expired"), f"reason without {key}")
            one_of(data(back, 1), (["1"], ["3"]), "what is left")


@case("9.3", "maxmemory reached: nobody gets the message, streams go on, and publishing works as soon as there is room",
      start=False, original=OURS)
def out_of_memory(t):
    redis = Engine(t)
    node = Node(t, redis.url, "--history", "100000", "--history-size", "500MB")
    stream = node.sub()
    node.publish("before")
    redis.call("CONFIG", "SET", "maxmemory", "100kb")
    response = node.post({"data": "refused"})
    eq(response.status, 507, "status")
    eq(response.json(), {"error": "history is full"}, "error")
    time.sleep(1.5)  # heartbeats meet the full backend, too
    eq((node.post({"data": "refused"}).status, node.health()), (507, (200, "ok")), "later")
    redis.call("CONFIG", "SET", "maxmemory", "0")
    node.publish("after")
    eq(data(stream, 2), ["before", "after"], "messages")
    eq(node.health(), (200, "ok"), "health")


@case("9.1", "--cluster-ack replica: a 202 only if a replica has confirmed it", start=False, original=OURS)
def replica_confirms(t):
    redis = Engine(t)
    replica = Engine(t, "--replicaof", "127.0.0.1", str(redis.port))
    t.wait(lambda: "state=online" in redis.call("INFO", "replication"), "the replica", 20)
    node = Node(t, redis.url, "--cluster-ack", "replica", "--cluster-timeout", "1s")
    node.publish("1")
    replica.pause()
    response = node.post({"data": "2"}, timeout=5)
    eq((response.status, response.json()), (503, {"error": SILENT}), "publish without a replica")
    replica.resume()
    t.wait(lambda: node.post({"data": "3"}).status == 202, "publishing goes on", 10)


@case("9.1", "--cluster-ack replica: no stream of any node has a message before a replica has confirmed it, live or replayed",
      start=False, original=OURS)
def unconfirmed(t):
    redis = Engine(t)
    replica = Engine(t, "--replicaof", "127.0.0.1", str(redis.port))
    t.wait(lambda: "state=online" in redis.call("INFO", "replication"), "the replica", 20)
    args = [*HISTORY, "--cluster-ack", "replica", "--cluster-timeout", "1s"]
    nodes = [Node(t, redis.url, *args), Node(t, redis.url, *args)]
    streams = [node.sub() for node in nodes]
    first = nodes[0].publish("1")["id"]
    eq([data(stream, 1) for stream in streams], [["1"], ["1"]], "confirmed")
    time.sleep(1.2)  # a heartbeat reports to Redis what has been confirmed
    replica.pause()
    response = nodes[1].post({"data": "2"}, timeout=5)
    eq((response.status, response.json()), (503, {"error": SILENT}), "publish without a replica")
    nodes.append(Node(t, redis.url, *args))
    replayed = [node.sub("/sse?since=all") for node in nodes]
    eq([data(stream, 1) for stream in replayed], [["1"]] * 3, "what was confirmed is replayed, also by a node that has just started")
    known = nodes[2].sub(headers=last_event_id(first))
    for stream in [*streams, *replayed, known]:
        eq(stream.drain(0.3), "", "before it is confirmed")
    eq([node.health() for node in nodes], [(200, "ok")] * 3, "health")
    replica.resume()
    for stream in [*streams, *replayed, known]:
        eq(data(stream, 1), ["2"], "once the replica has it")
    t.wait(lambda: nodes[0].post({"data": "3"}).status == 202, "publishing goes on", 10)


@case("9.1", "--cluster-ack replica: what no replica had when the master died was seen by nobody, and is no gap", start=False,
      original=OURS)
def never_confirmed(t):
    redis = Engine(t)
    replica = Engine(t, "--replicaof", "127.0.0.1", str(redis.port))
    t.wait(lambda: "state=online" in redis.call("INFO", "replication"), "the replica", 20)
    proxy = Proxy(t, redis)
    node = Node(t, proxy.url, *HISTORY, "--cluster-ack", "replica", "--cluster-timeout", "1s")
    stream = node.sub()
    node.publish("1")
    eq(data(stream, 1), ["1"], "confirmed")
    replica.call("REPLICAOF", "NO", "ONE")
    eq(node.post({"data": "2"}, timeout=5).status, 503, "publish without a replica")
    third = Engine(t, "--replicaof", "127.0.0.1", str(replica.port))
    t.wait(lambda: "state=online" in replica.call("INFO", "replication"), "the other replica", 20)
    proxy.target = replica.port
    redis.stop()
    proxy.cut()
    t.wait(lambda: node.post({"data": "3"}, timeout=5).status == 202, "publishing goes on", 20)
    eq(data(stream, 1), ["3"], "behind what was confirmed")
    third.stop()


def save(redis):
    """After a restart, Redis would have what it has now."""
    eq(redis.call("SAVE"), "OK", "SAVE")


@case("9.4", "backend back with an older file: each stream gets the gap once, open, opened meanwhile, or cut early",
      start=False, original=OURS)
def older_file_gap_once(t):
    redis = Engine(t)
    node = Node(t, redis.url, *HISTORY)
    live = node.sub("/sse/a")
    ids = [node.publish(str(i), "/sse/a")["id"] for i in range(4)]
    save(redis)
    ids += [node.publish(str(i), "/sse/a")["id"] for i in range(4, 6)]
    eq(data(live, 6), [str(i) for i in range(6)], "live")
    redis.stop()
    node.log("WARN.*lost connection to the backend")
    away = [node.sub("/sse/a", headers=last_event_id(ids[5])), node.sub("/sse/a", headers=last_event_id(ids[1]))]
    fresh = node.sub("/sse/a")
    redis.start()
    node.log("reconnected to the backend")
    told = []
    for stream in away:
        exact, value = gap(stream, "a")
        eq(value["reason"], "epoch", "reason")
        told = [event(stream.block()) for _ in range(4)]
        eq([fields["data"] for fields in told], ["0", "1", "2", "3"], "what is left")
    node.publish("new", "/sse/a")
    for stream in (live, fresh):
        exact, value = gap(stream, "a")
        eq((value["reason"], data(stream, 1)), ("epoch", ["new"]), "an open stream")
        eq(data(node.sub("/sse/a", headers=last_event_id(exact)), 1), ["new"], "behind its gap")
    eq([data(stream, 1) for stream in away], [["new"], ["new"]], "no second gap")
    for number, fields in enumerate(told):
        eq(data(node.sub("/sse/a", headers=last_event_id(fields["id"])), 4 - number), ["0", "1", "2", "3", "new"][number + 1:],
           "behind a message of the replay")


@case("9.4", "backend back with an older file while all nodes restart: the first client with a lost id causes one gap "
      "for all", start=False, original=OURS)
def older_file_nodes_restarted(t):
    redis = Engine(t)
    node = Node(t, redis.url, *HISTORY)
    ids = [node.publish(str(i), "/sse/a")["id"] for i in range(3)]
    save(redis)
    lost = [node.publish(str(i), "/sse/a")["id"] for i in range(3, 6)]
    t.may_exit = True
    node.server.signal(signal.SIGKILL)
    node.server.wait_exit(10)
    redis.stop()
    redis.start()
    node.start()
    open_before = node.sub("/sse/a", headers=last_event_id(ids[1]))
    eq(data(open_before, 1), ["2"], "nobody knows of the loss yet")
    far = ids[0][:9] + "7zzzzzzzzzzzz"
    eq(gap(node.sub("/sse/a", headers=last_event_id(far)))[1]["reason"], "unknown", "an id that Redis cannot have given")
    for known in (lost[1], lost[2], ids[0], far):
        stream = node.sub("/sse/a", headers=last_event_id(known))
        eq((gap(stream, "a")[1]["reason"], data(stream, 3)), ("epoch", ["0", "1", "2"]), f"with {known}")
    exact, value = gap(open_before, "a")
    eq(value["reason"], "epoch", "a stream that was open")
    forged = exact[:9] + lost[2][9:]
    eq(gap(node.sub("/sse/a", headers=last_event_id(forged)))[1]["reason"], "unknown", "clients begin no second epoch")
    eq(len([line for line in node.server.output() if "new epoch" in line]), 1, "new epochs")


@case("9.4", "Sentinel: the master is paused, another takes over, the old one returns: one order, every loss is reported",
      start=False, original=OURS)
def failover(t):
    redis = Engine(t)
    replica = Engine(t, "--replicaof", "127.0.0.1", str(redis.port))
    t.wait(lambda: "state=online" in redis.call("INFO", "replication"), "the replica", 20)
    watch = sentinel(t, redis)
    t.wait(lambda: f"port={replica.port}" in redis.call("INFO", "replication")
           and "slaves=1" in watch.call("INFO", "sentinel"), "the sentinel sees the replica", 20)
    url = f"redis-sentinel://127.0.0.1:{watch.port}/tinysse"
    nodes, readers, loads = three(t, url, *HISTORY)
    redis.pause()
    t.wait(lambda: "role:master" in replica.call("INFO", "replication"), "the failover", 30)
    wait_progress(t, loads, 10, 20)
    redis.resume()
    t.wait(lambda: "role:slave" in redis.call("INFO", "replication"), "the old master is a replica", 30)
    wait_progress(t, loads, 10, 20)
    for node in nodes:
        node.wait_health("ok")
    for load in loads:
        load.stop()
    acknowledged = {text for load in loads for text in load.acknowledged}
    told = [bool(reader.gaps) for reader in readers]
    if any(told):
        eq(told, [True] * 3, "streams that got a gap")
        t.wait(lambda: len({tuple(reader.data[-5:]) for reader in readers}) == 1, "the same end everywhere")
        for reader in readers:
            eq(len(reader.data), len(set(reader.data)), "nothing twice")
    else:
        wait_all(t, readers, acknowledged)
        check_order(readers, loads)


@case("9.4", "a lagging replica takes over: every stream gets a gap for the messages that it lacks", start=False, original=OURS)
def lagging_replica(t):
    redis = Engine(t)
    link = Proxy(t, redis)
    replica = Engine(t, "--replicaof", "127.0.0.1", str(link.port))
    t.wait(lambda: "state=online" in redis.call("INFO", "replication"), "the replica", 20)
    watch = sentinel(t, redis)
    t.wait(lambda: "slaves=1" in watch.call("INFO", "sentinel"), "the sentinel sees the replica", 20)
    url = f"redis-sentinel://127.0.0.1:{watch.port}/tinysse"
    a, b = Node(t, url, *HISTORY), Node(t, url, *HISTORY)
    streams = [a.sub("/sse/x"), b.sub("/sse/x")]
    a.publish("both", path="/sse/x")
    t.wait(lambda: replica.call("XLEN", "{tinysse}:channel:x") == 1, "the replica has it")
    link.refuse = True
    link.cut()
    a.publish("lost", path="/sse/x")
    for stream in streams:
        eq(data(stream, 2), ["both", "lost"], "before")
    redis.stop()
    t.wait(lambda: "role:master" in replica.call("INFO", "replication"), "the failover", 30)
    for stream in streams:
        one_of(gap(stream, "x")[1]["reason"], ("epoch", "expired"), "reason")
    t.wait(lambda: b.post({"data": "after"}, path="/sse/x").status == 202, "a publish", 15)
    for stream in streams:
        eq(data(stream, 1), ["after"], "goes on")


@case("9.4", "READONLY: a master that has become a replica is left, and found again", start=False, original=OURS)
def readonly(t):
    redis, other = Engine(t), Engine(t)
    node = Node(t, redis.url, *HISTORY)
    stream = node.sub("/sse/x")
    node.publish("1", path="/sse/x")
    redis.call("REPLICAOF", "127.0.0.1", "1")
    t.wait(lambda: node.post({"data": "x"}, path="/sse/x", timeout=5).status == 503, "publishes are refused")
    node.log("WARN.*lost connection to the backend", timeout=10)
    redis.call("REPLICAOF", "NO", "ONE")
    t.wait(lambda: node.post({"data": "2"}, path="/sse/x", timeout=5).status == 202, "a publish", 15)
    got = data(stream, 2)
    eq((got[0], got[1] in ("2", "x")), ("1", True), f"messages {got}")


@case("9.2", "what the log of the cluster no longer has comes out of history, else it is a gap", start=False, original=OURS)
def trimmed(t):
    redis = Engine(t)
    for name, args in (("kept", HISTORY), ("live", ["--channels"])):
        proxy = Proxy(t, redis)
        a = Node(t, redis.url, "--cluster-name", name, *args)
        b = Node(t, proxy.url, "--cluster-name", name, *args)
        stream = b.sub("/sse/x")
        a.publish("1", path="/sse/x")
        eq(data(stream, 1), ["1"], "before")
        proxy.refuse = True
        proxy.cut()
        b.log("WARN.*lost connection to the backend")
        a.publish("2", path="/sse/x")
        a.publish("3", path="/sse/x")
        redis.call("XTRIM", "{%s}:log" % name, "MAXLEN", "=", "1")
        proxy.refuse = False
        if args == HISTORY:
            eq(data(stream, 2), ["2", "3"], "out of history")
        else:
            eq(gap(stream, "x")[1]["reason"], "expired", "reason")
            eq(data(stream, 1), ["3"], "what is left")
        a.publish("4", path="/sse/x")
        eq(data(stream, 1), ["4"], "goes on")
