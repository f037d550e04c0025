"""Section 2: what `queued` and `subscribers` count."""

from blackbox.fixtures import stalled
from conform import case, eq, ok


@case("2", "queued is 1 when all streams were idle")
def queued_when_idle(t):
    streams = [t.sub() for _ in range(3)]
    for _ in range(20):  # a server may need a moment to see that what it wrote is taken
        t.wait(lambda: t.publish("x") == {"queued": 1, "subscribers": 3}, "1 queued for 3 idle streams")
    for stream in streams:
        stream.expect(*["data: x"] * 20)


@case("2", "queued grows by one per message while one stream does not take, up to the capacity",
      args=["--capacity", "10"], original="differs: rounds the capacity up")
def queued_is_capped(t):
    stalled(t)
    counts = [t.publish("x" * 60000)["queued"] for _ in range(30)]
    eq(counts[-10:], [10] * 10, "queued at the end")
    for before, after in zip(counts, counts[1:]):
        ok(after - before in (0, 1), f"queued jumps: {counts}")


@case("2", "what only a stream that has gone had not taken no longer counts", args=["--capacity", "10"])
def queued_without_the_gone(t):
    slow, fast = stalled(t), t.sub()
    ok(t.publish("x")["queued"] > 1, "queued beside a stream that does not take")
    fast.expect("data: x")
    slow.leave("rst")
    t.wait(lambda: t.publish("y") == {"queued": 1, "subscribers": 1}, "one subscriber, one queued")
