"""Section 4: the stop by signal."""

import signal

from blackbox.fixtures import LEAVING
from conform import case, eq, matches, ok


@case("4", "SIGTERM ends the server with status 0", original="differs: dies by the signal")
def stop_status(t):
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    eq(t.server.wait_exit(15), 0, "exit status")


@case("4", "on a stop streams end on an event boundary with a retry, and unsubscribe runs for each", script=LEAVING,
      original="differs: the server breaks streams off, no hook runs")
def stop_ends_streams(t):
    streams = [t.sub(f"/sse?s{i}") for i in range(3)]
    t.publish("last")
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    for stream in streams:
        stream.expect("data: last")
        rest = stream.to_end(15)
        ok(stream.clean, "the body was cut off instead of ended")
        ok(rest.endswith("\n\n"), f"not an event boundary: {rest!r}")
        matches(r"(?m)^retry: \d+$", rest, "end of the stream")
    eq(t.server.wait_exit(15), 0, "exit status")
    eq(sorted(call["name"] for call in t.emitted_now("gone")), ["s0", "s1", "s2"], "who has gone")


@case("4", "what was acknowledged before a stop is delivered", original="differs: the server breaks streams off")
def stop_delivers(t):
    stream = t.sub()
    for i in range(100):
        t.publish(f"m{i}")
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    stream.expect(*[f"data: m{i}" for i in range(100)])
    stream.to_end(15)
    ok(stream.clean, "the body was cut off instead of ended")
