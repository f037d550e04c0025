"""Section 8: resumed streams."""

import signal
import threading
import time

from blackbox.channels import HISTORY, OURS, data, event, last_event_id, many, refused
from conform import Fail, case, eq, ok

BIG = ["--channels", "--history", "20000", "--max-body-size", "8MB"]


@case("8", "a resumed stream gets, right after : ok, all messages after its id and then live ones", args=HISTORY,
      original=OURS)
def coming_back(t):
    ids = [t.publish(str(i))["id"] for i in range(10)]
    for start, stream in ((3, t.sub(headers=last_event_id(ids[3]))), (6, t.sub("/sse?last_event_id=" + ids[6])),
                          (9, t.sub(headers=last_event_id(ids[9])))):
        eq(data(stream, 9 - start), [str(i) for i in range(start + 1, 10)], "replay")
        t.publish("live")
        eq(data(stream, 1), ["live"], "live")


@case("8", "the header counts before the parameter", args=HISTORY, original=OURS)
def header_before_parameter(t):
    ids = [t.publish(str(i))["id"] for i in range(4)]
    stream = t.sub("/sse?last_event_id=" + ids[0], headers=last_event_id(ids[2]))
    eq(data(stream, 1), ["3"], "replay")


@case("8", "one id stands for all channels of the stream", args=HISTORY, original=OURS)
def one_id_for_all_channels(t):
    ids = [t.publish(str(i), path="/sse/" + "abc"[i % 3])["id"] for i in range(30)]
    stream = t.sub("/sse/a,c", headers=last_event_id(ids[10 if 10 % 3 != 1 else 11]))
    eq(data(stream, 12), [str(i) for i in range(12, 30) if i % 3 != 1], "replay")
    every = t.sub("/sse/**", headers=last_event_id(ids[20]))
    eq(data(every, 9), [str(i) for i in range(21, 30)], "replay of **")


@case("8", "of several messages with one own id the earliest in the stream's channels counts", args=HISTORY, original=OURS)
def earliest_own_id(t):
    for i, (name, own) in enumerate((("b", "x"), ("a", "1"), ("a", "x"), ("a", "2"), ("a", "x"), ("a", "3"))):
        t.publish(str(i), path="/sse/" + name, id=own)
    eq(data(t.sub("/sse/a", headers=last_event_id("x")), 3), ["3", "4", "5"], "replay of a")
    eq(data(t.sub("/sse/a,b", headers=last_event_id("x")), 5), ["1", "2", "3", "4", "5"], "replay of a and b")


@case("8", "an own id that is not ASCII is found", args=HISTORY, original=OURS)
def own_id_in_utf8(t):
    t.publish("1", id="ü €")
    t.publish("2")
    eq(data(t.sub(headers=last_event_id("ü €")), 1), ["2"], "replay for the header")
    eq(data(t.sub("/sse?last_event_id=%C3%BC+%E2%82%AC"), 1), ["2"], "replay for the parameter")


@case("8", "a stream without an id gets nothing of history unless it asks", args=HISTORY, original=OURS)
def nothing_unasked(t):
    t.publish("old")
    stream = t.sub()
    t.publish("new")
    eq(data(stream, 1), ["new"], "first message")


@case("8", "?since=all replays the whole history, a duration the messages of that time", args=HISTORY, original=OURS)
def since(t):
    t.publish("1", path="/sse/a")
    t.publish("2")
    time.sleep(2.2)
    t.publish("3")
    eq(data(t.sub("/sse/**?since=all"), 3), ["1", "2", "3"], "since all")
    eq(data(t.sub("/sse/**?since=10m"), 3), ["1", "2", "3"], "since 10m")
    eq(data(t.sub("/sse/**?since=2s"), 1), ["3"], "since 2s")
    stream = t.sub("/sse?since=0s")
    t.publish("4")
    eq(data(stream, 1), ["4"], "since 0s")


@case("8", "?last=N is the newest N of all the stream's channels together", args=HISTORY, original=OURS)
def last(t):
    for i in range(12):
        t.publish(str(i), path="/sse/" + "abc"[i % 3])
    eq(data(t.sub("/sse/a,b?last=3"), 3), ["7", "9", "10"], "last 3 of a and b")
    eq(data(t.sub("/sse/**?last=1"), 1), ["11"], "last 1 of all")
    stream = t.sub("/sse/a,b,c?last=10000")
    eq(data(stream, 12), [str(i) for i in range(12)], "last 10000")
    stream = t.sub("/sse/none?last=5")
    t.publish("live", path="/sse/none")
    eq(data(stream, 1), ["live"], "of a channel without history")


@case("8", "with an id since and last are ignored", args=HISTORY, original=OURS)
def id_beats_since_and_last(t):
    ids = [t.publish(str(i))["id"] for i in range(5)]
    for query in ("since=all", "last=5", "since=all&last=5"):
        eq(data(t.sub("/sse?" + query, headers=last_event_id(ids[3])), 1), ["4"], f"replay with {query}")
    refused(t.get("/sse?since=all&last=5"), 400, "since", "last")


@case("8", "malformed since and last are a 400 that names them, also with an id", args=HISTORY, original=OURS)
def malformed_since_and_last(t):
    own = t.publish("x")["id"]
    for query, named in (("since=soon", "soon"), ("since=", "since"), ("since=10", "10"), ("since=-1s", "-1s"),
                         ("since=ALL", "ALL"), ("last=0", "0"), ("last=10001", "10001"), ("last=x", "x"), ("last=", "last"),
                         ("last=-1", "-1"), ("last=%2B5", "+5"), ("last=1.5", "1.5"), ("last=1&last=1", "last"),
                         ("since=1s&since=1s", "since"), ("last=99999999999999999999", "9999")):
        refused(t.get("/sse?" + query), 400, named)
        refused(t.get("/sse?" + query, last_event_id(own)), 400, named)


@case("8", "without history since and last mean nothing, malformed too", args=["--channels"], original=OURS)
def since_and_last_without_history(t):
    t.publish("old")
    for query in ("since=soon", "last=0", "since=all", "last=5", "since=all&last=1"):
        stream = t.sub("/sse?" + query)
        t.publish("new")
        eq(data(stream, 1), ["new"], f"first message with {query}")
        stream.leave()


@case("8", "an id with control characters or over 1024 bytes is a 400", args=HISTORY, original=OURS)
def ids_that_cannot_be(t):
    for bad in ("%0a", "a%00b", "%7f", "a%09b", "%C2%80", "x" * 1025, "%C3%BC" * 513):
        refused(t.get("/sse?last_event_id=" + bad), 400)
    refused(t.get("/sse", last_event_id("x" * 1025)), 400)
    eq(t.open_stream("/sse?last_event_id=" + "%C3%BC" * 512).head.status, 200, "status of 1024 bytes")


@case("8", "without history such ids are taken as ever", args=["--channels"], original=OURS)
def ids_without_history(t):
    t.sub("/sse?last_event_id=a%0ab")
    t.sub("/sse", headers=last_event_id("x" * 2000))


@case("8", "no gap and nothing twice, at any publish rate while streams resume", args=BIG, original=OURS)
def coming_back_while_publishing(t):
    first = many(t, 500)
    stop = threading.Event()
    published = []

    def publish():
        while not stop.is_set() and len(published) < 20:
            many(t, 200, start=500 + 200 * len(published))
            published.append(1)

    publisher = threading.Thread(target=publish)
    publisher.start()
    streams = []
    for i in range(60):
        known = i * 7
        streams.append((known, t.sub(headers=last_event_id(first[known]["id"]))))
    publisher.join(30)
    stop.set()
    total = 500 + 200 * len(published)
    for known, stream in streams:
        eq(data(stream, total - known - 1), [str(n) for n in range(known + 1, total)], f"messages after {known}")


@case("8", "10,000 messages are replayed whole and in order, and hold up neither publishers nor other streams", args=BIG,
      original=OURS)
def long_replay(t):
    first = t.publish("first")["id"]
    many(t, 10000, size=100)
    other, slow = t.sub(), t.sub(headers=last_event_id(first), receive_buffer=4096)
    began = time.monotonic()
    for i in range(20):
        t.publish(f"live {i}")
        eq(event(other.block())["data"], f"live {i}", "what another stream gets meanwhile")
    ok(time.monotonic() - began < 10, "publishers were held up")
    got = [text.strip() for text in data(slow, 10020)]
    eq(got, [str(i) for i in range(10000)] + [f"live {i}" for i in range(20)], "replay")


@case("8", "a slow stream that fell behind its ring loses nothing that history still has", original=OURS,
      args=["--history", "2000", "--capacity", "16", "--write-timeout", "60s", "--max-body-size", "8MB"])
def slow_stream_reads_history(t):
    stream = t.sub(receive_buffer=4096)
    many(t, 1500, size=4000)
    eq([text.strip() for text in data(stream, 1500)], [str(i) for i in range(1500)], "messages")
    t.publish("end")
    eq(data(stream, 1), ["end"], "next message")


@case("8", "what is acknowledged while the stop signal comes is delivered, in channels and with history too", args=HISTORY,
      original=OURS)
def stop_with_history(t):
    first = t.publish("first", path="/sse/a")["id"]
    streams, acknowledged = [t.sub("/sse/*", headers=last_event_id(first)) for _ in range(10)], []

    def publish_until_refused():
        try:
            for i in range(100000):
                if t.post_json({"data": str(i)}, path="/sse/" + "ab"[i % 2]).status != 202:
                    return
                acknowledged.append(str(i))
        except (OSError, Fail):
            pass  # the server has gone

    publisher = threading.Thread(target=publish_until_refused)
    publisher.start()
    t.wait(lambda: len(acknowledged) > 100, "the publisher runs")
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    got = []
    for stream in streams:
        text = stream.to_end(15)
        ok(stream.clean, "the body was cut off instead of ended")
        got.append([event(block)["data"] for block in text.split("\n\n") if "data: " in block])
    publisher.join(15)
    eq(t.server.wait_exit(15), 0, "exit status")
    for messages in got:
        eq(messages[:len(acknowledged)], acknowledged, "what a stream got of what was acknowledged")


@case("8.3", "with ?caught_up=1 a comment marks the end of the replay, also of an empty one; without it there is none",
      args=HISTORY, original=OURS)
def caught_up(t):
    def blocks(stream, n):
        return [stream.block().split("data: ")[-1] for _ in range(n)]

    for query in ("?caught_up=1", "?caught_up=1&since=all"):
        eq(blocks(t.sub("/sse" + query), 1), [": caught up"], "an empty replay")
    old = [t.publish(text)["id"] for text in ("a", "b", "c")]
    for query, headers, replay in (("caught_up=1", {}, []), ("since=all&caught_up=1", {}, ["a", "b", "c"]),
                                   ("last=2&caught_up=1", {}, ["b", "c"]), ("caught_up=1", last_event_id(old[1]), ["c"])):
        stream = t.sub("/sse?" + query, headers=headers)
        eq(blocks(stream, len(replay) + 1), [*replay, ": caught up"], f"replay of {query}")
    stream = t.sub("/sse?since=all")
    without = blocks(stream, 3)
    t.publish("d")
    eq([*without, *blocks(stream, 1)], ["a", "b", "c", "d"], "a stream without the parameter")


@case("8.3", "the comment of ?caught_up=1 follows what catchup returns, and messages that pass through message", args=HISTORY,
      script="function catchup(sub, id) if sub.req.query:find('own') then return {{data = 'c1'}, {data = 'c2'}} end end "
             "function message(pub, sub) return pub end", original=OURS)
def caught_up_with_hooks(t):
    t.publish("a")
    for query, replay in (("own&caught_up=1", ["c1", "c2"]), ("since=all&caught_up=1", ["a"]), ("caught_up=1", [])):
        stream = t.sub("/sse?" + query)
        eq([stream.block().split("data: ")[-1] for _ in range(len(replay) + 1)], [*replay, ": caught up"], query)
