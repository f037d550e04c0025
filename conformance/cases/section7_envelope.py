"""Section 7: events as envelopes."""

import json

from blackbox.channels import CHANNELS, OURS, event, refused
from conform import case, eq, ok


@case("7", "with ?envelope=json a message is an event without event: and comments, whose data is one line of JSON",
      args=CHANNELS, original=OURS)
def envelope(t):
    stream, plain = t.sub("/sse/orders?envelope=json"), t.sub("/sse/orders")
    t.publish("a\nb \"\\ ü\u0001", path="/sse/orders", id="7", event="news", comment=["c", "d\ne"])
    got = stream.block()
    fields = event(got)
    eq(sorted(fields), ["data", "id"], "fields of the event")
    eq(got.count("\n"), 1, "line breaks in the event")
    eq(json.loads(fields["data"]), {"channel": "orders", "id": "7", "event": "news", "data": "a\nb \"\\ ü\u0001",
                                    "comment": ["c", "d\ne"]}, "data")
    eq(fields["id"], "7", "id")
    plain.expect("id: 7\nevent: news\ndata: a\ndata: b \"\\ ü\u0001\n: c\n: d\n: e")


@case("7", "the members come in the order channel, id, event, data, comment, and what is absent is left out", args=CHANNELS,
      original=OURS)
def envelope_members(t):
    stream = t.sub("/sse/**?envelope=json")
    t.publish("x")
    t.publish("", path="/sse/a.b", event="")
    t.publish(path="/sse/a.b", comment=[""])
    t.publish("x", id="1", event="e", comment=["c"])
    stream.expect('data: {"channel":"default","data":"x"}', 'data: {"channel":"a.b","event":"","data":""}',
                  'data: {"channel":"a.b","comment":[""]}',
                  'id: 1\ndata: {"channel":"default","id":"1","event":"e","data":"x","comment":["c"]}')


@case("7", "keep-alives and the end of a stream are as ever", original=OURS,
      args=[*CHANNELS, "--keep-alive", "400ms", "--timeout", "1s", "--timeout-retry", "7ms"])
def envelope_around(t):
    stream = t.sub("/sse?envelope=json")
    stream.expect(": keep-alive", ": keep-alive", ": timeout\nretry: 7")


@case("7", "any other value of envelope is a 400 that names it", args=CHANNELS, original=OURS)
def envelope_other_value(t):
    for value in ("xml", "JSON", "1", "true"):
        refused(t.get("/sse?envelope=" + value), 400, value)
    for query in ("envelope=", "envelope", "envelope=json&envelope=json"):
        refused(t.get("/sse?" + query), 400, "envelope")


@case("7", "without --channels envelope means nothing, also with history", args=["--history", "10"], original=OURS)
def envelope_without_channels(t):
    streams = [t.sub("/sse?envelope=" + value) for value in ("json", "xml")]
    t.publish("x")
    for stream in streams:
        fields = event(stream.block())
        ok(fields["data"] == "x", f"data: {fields['data']!r}")
