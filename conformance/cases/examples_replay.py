"""examples/lua/replay.lua: who may see a message sees it in each replay, also over a restart, and nobody else does."""

from blackbox.eventstream import EventStreamParser
from blackbox.repository import start_example
from conform import case, eq

STAFF = {"X-Role": "staff"}


def events(stream, count):
    """Kind and data of the next events."""
    found = [EventStreamParser.parse((block + "\n\n").encode()).events for block in stream.blocks(count)]
    return [event[:2] for parsed in found for event in parsed]


def check_replay(t):
    everything, plain = [("message", "one"), ("message", "two"), ("message", "three")], [("message", "one"), ("message", "three")]
    eq(events(t.sub("/sse?since=all", headers=STAFF), 3), everything, "what is replayed to the staff")
    eq(events(t.sub("/sse?since=all"), 2), plain, "what is replayed to others")


@case("examples", "replay: who comes back gets what was missed, the staff all of it, also after a restart", start=False)
def example_replay(t):
    start_example(t, "replay.lua")
    t.publish("one")
    eq(t.post_json({"data": "two"}, headers=STAFF).status, 202, "status of a message for the staff")
    t.publish("three")
    check_replay(t)
    t.stop()
    start_example(t, "replay.lua")
    check_replay(t)


@case("examples", "replay: a page is told to reload what cannot be replayed, and gets what comes", start=False)
def example_replay_gap(t):
    start_example(t, "replay.lua")
    t.publish("one")
    for unknown in ("x", "1 or 1", "9" * 40):
        stream = t.sub(headers={"Last-Event-ID": unknown})
        t.publish("two")
        eq(events(stream, 2), [("reload", "unknown"), ("message", "two")], "what is told, and what comes")
