"""Section 3: slow consumers, and their limits."""

import time

from blackbox.fixtures import stalled, subscribers
from conform import case, eq, matches, ok


@case("3", "a stream that falls behind keeps exactly as many of the newest messages as the capacity says",
      args=["--capacity", "5"], original="differs: rounds the capacity up to 8")
def capacity_is_exact(t):
    stream, text = stalled(t), "x" * 60000
    for i in range(100):
        t.publish(f"{i} {text}")
    t.publish("end")
    blocks = []
    while not blocks or blocks[-1] != "end":
        blocks.append(stream.block()[6:].split(" ")[0])
    eq(blocks[-5:], ["96", "97", "98", "99", "end"], "the newest messages")
    ok(blocks[-6] != "95", "more than the capacity was queued")


@case("3", "a stream whose client does not read is ended at --write-timeout; the others stay",
      args=["--write-timeout", "1s", "--capacity", "16"], original="differs: has no --write-timeout")
def write_timeout(t):
    good = t.sub()
    stalled(t)
    t.wait(lambda: subscribers(t) == 1, "the stalled stream has gone")
    t.publish("still here", event="last")
    while good.block() != "event: last\ndata: still here":
        pass


@case("3", "a client that reads slowly but reads is not ended by --write-timeout",
      args=["--write-timeout", "2s", "--capacity", "16"], original="differs: has no --write-timeout")
def write_timeout_spares_the_slow(t):
    stream = stalled(t)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        while stream.fill(time.monotonic()):
            pass
        time.sleep(0.2)
    ok(not stream.ended, "the stream was ended")
    eq(subscribers(t), 1, "subscribers")


@case("3", "the timeout comes on time when the client does not read", args=["--timeout", "3s", "--capacity", "16"],
      original="differs: not while the client does not read")
def timeout_of_a_stalled_stream(t):
    stalled(t)
    t.wait(lambda: subscribers(t) == 0, "the stalled stream has gone")


@case("3", "above --max-subscribers a stream is refused with 503 and Retry-After, until one has gone",
      args=["--max-subscribers", "3"], original="differs: has no limit")
def max_subscribers(t):
    streams = [t.sub() for _ in range(3)]
    response = t.get("/sse", {"Origin": "http://a.example"})
    eq(response.status, 503, "status of the fourth")
    matches(r"^\d+$", response.get("retry-after"), "Retry-After")
    eq(response.get("access-control-allow-origin"), "*", "allow-origin")
    eq(t.publish("x")["subscribers"], 3, "subscribers")
    streams[0].leave()
    t.wait(lambda: subscribers(t) == 2, "one has gone")
    t.sub()
    eq(t.get("/sse").status, 503, "status of the fourth again")
