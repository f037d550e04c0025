"""Section 7: who gets a message, in which order, and what is counted."""

import re

from blackbox.channels import CHANNELS, OURS, data, many
from blackbox.fixtures import LOSS, stalled
from conform import case, eq, ok


@case("7", "no message reaches a stream of another channel", args=CHANNELS, original=OURS)
def no_other_channel(t):
    streams = {name: t.sub("/sse/" + name) for name in ("a", "a.b", "A", "b")}
    streams["default"] = t.sub()
    for name in (*streams, "nobody"):
        for i in range(20):
            t.publish(f"{name} {i}", path="/sse/" + name)
    for name, stream in streams.items():
        eq(data(stream, 20), [f"{name} {i}" for i in range(20)], f"what {name} got")
    for name, stream in streams.items():
        t.publish("end", path="/sse/" + name)
        stream.expect("data: end")


@case("7", "a message goes once to a stream of which several names and patterns match", args=CHANNELS, original=OURS)
def once_for_several_matches(t):
    stream = t.sub("/sse/a.b,a.*,a.**,**,*.b?channel=a.b&channel=**")
    eq(t.publish("1", path="/sse/a.b")["subscribers"], 1, "subscribers")
    t.publish("2", path="/sse/a.c")
    t.publish("3")
    stream.expect("data: 1", "data: 2", "data: 3")


@case("7", "a stream gets the messages of all its channels in the order in which they were published, over all channels",
      args=CHANNELS, original=OURS)
def order_over_channels(t):
    streams = [t.sub("/sse/a,b,c,d"), t.sub("/sse/*"), t.sub("/sse/d,**")]
    for i in range(200):
        t.publish(str(i), path="/sse/" + "abcd"[i * 7 % 11 % 4])
    for stream in streams:
        eq(data(stream, 200), [str(i) for i in range(200)], "messages")


@case("7", "a plain stream sees default alone", args=CHANNELS, original=OURS)
def plain_sees_default(t):
    plain = t.sub()
    eq(t.publish("1", path="/sse/a")["subscribers"], 0, "subscribers of a")
    eq(t.publish("2")["subscribers"], 1, "subscribers of default")
    plain.expect("data: 2")


@case("7", "a pattern also matches channels that come into being later", args=CHANNELS, original=OURS)
def later_channels(t):
    stream = t.sub("/sse/room.*")
    for i in range(50):
        eq(t.publish(str(i), path=f"/sse/room.{i}")["subscribers"], 1, "subscribers")
    eq(data(stream, 50), [str(i) for i in range(50)], "messages")


@case("7", "subscribers are the streams that the message is for, queued those of this channel that some stream has not taken",
      args=CHANNELS, original=OURS)
def counts_per_channel(t):
    t.sub("/sse/a"), t.sub("/sse/a,b"), t.sub("/sse/**"), t.sub()
    t.wait(lambda: t.publish("x", path="/sse/a") == {"queued": 1, "subscribers": 3}, "1 queued for three streams")
    t.wait(lambda: t.publish("x", path="/sse/b") == {"queued": 1, "subscribers": 2}, "1 queued for two streams")
    t.wait(lambda: t.publish("x", path="/sse/c") == {"queued": 1, "subscribers": 1}, "1 queued for one stream")
    t.wait(lambda: t.publish("x") == {"queued": 1, "subscribers": 2}, "1 queued for two streams")


@case("7", "without a stream of the channel queued and subscribers are 0", args=CHANNELS, original=OURS)
def counts_without_streams(t):
    t.sub("/sse/a")
    eq(t.publish("x", path="/sse/b"), {"queued": 0, "subscribers": 0}, "response")


@case("7", "--capacity counts per channel: what one channel loses to a slow stream costs another nothing",
      args=[*CHANNELS, "--capacity", "8", "--write-timeout", "60s"], original=OURS)
def capacity_per_channel(t):
    slow = stalled(t, path="/sse/default,quiet")
    for i in range(4):
        t.publish(f"quiet {i}", path="/sse/quiet")
    for i in range(20):
        t.publish(f"loud {i}")
    t.publish("end", path="/sse/quiet")
    got = []
    while not got or got[-1] != "end":
        got += data(slow, 1)
    t.log(LOSS)
    eq([text for text in got if text.startswith("quiet")], [f"quiet {i}" for i in range(4)], "messages of the quiet channel")
    eq([text for text in got if text.startswith("loud")], [f"loud {i}" for i in range(12, 20)], "messages of the loud channel")


@case("7", "a channel without a stream or history costs nothing: its memory is free within ten seconds",
      args=[*CHANNELS, "--max-body-size", "2MB"], original=OURS)
def channels_are_forgotten(t):
    def used():
        with open(f"/proc/{t.server.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) // 1024

    def names(first, count):
        body = "\n".join('{"data":"x","channel":"name.%d"}' % i for i in range(first, first + count))
        eq(t.post(body, "application/x-ndjson", timeout=30).status, 202, "status")

    names(0, 10000)
    many(t, 10000)
    before = used()
    for first in range(0, 200000, 10000):
        names(first, 10000)
    t.wait(lambda: used() < before + 64, f"the memory of before ({before} MB) and 64 MB more", timeout=15)
    ok(t.publish("x")["subscribers"] == 0, "subscribers")
