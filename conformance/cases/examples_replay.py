"""examples/lua/replay.lua: each replay, also after a restart, has the messages that its user is permitted to see."""

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


@case("examples", "replay: a resumed stream gets the permitted messages, the staff all, also after a restart", start=False)
def example_replay(t):
    start_example(t, "replay.lua")
    t.publish("one")
    eq(t.post_json({"data": "two"}, headers=STAFF).status, 202, "status of a message for the staff")
    t.publish("three")
    check_replay(t)
    t.stop()
    start_example(t, "replay.lua")
    check_replay(t)


@case("examples", "replay: after a gap the page gets a reload event and then live messages", start=False)
def example_replay_gap(t):
    start_example(t, "replay.lua")
    t.publish("one")
    for unknown in ("x", "1 or 1", "9" * 40):
        stream = t.sub(headers={"Last-Event-ID": unknown})
        t.publish("two")
        eq(events(stream, 2), [("reload", "unknown"), ("message", "two")], "reload event and live message")
