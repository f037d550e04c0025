"""Helpers of the cases about channels and history."""

import json

from .checks import Fail, eq, matches, short
from .fixtures import error_text

OURS = "differs: ours"
CHANNELS = ["--channels"]
HISTORY = ["--channels", "--history", "100"]
LINES = "application/x-ndjson"


def refused(response, status, *words):
    """The text of an error that has to name these."""
    eq(response.status, status, f"status ({short(response.text, 80)})")
    text = error_text(response)
    for word in words:
        if word not in text:
            raise Fail(f"error {text!r} does not name {word!r}")
    return text


def event(block):
    """The fields of an event without comments, its lines of data as one text."""
    fields = {}
    for line in block.split("\n"):
        name, _, value = line.partition(": ")
        fields[name] = fields[name] + "\n" + value if name in fields else value
    return fields


def data(stream, n):
    """The data of the next n events."""
    return [event(stream.block()).get("data") for _ in range(n)]


def gap(stream, *channels):
    """The next event, which has to tell of a gap: its id, and the object that is its data."""
    fields = event(stream.block())
    eq(fields.get("event"), "tinysse.gap", "event name")
    value = json.loads(fields["data"])
    if channels:
        eq(value.get("channels"), list(channels), "channels of the gap")
    return fields.get("id"), value


def server_id(text):
    """Checks that this can be an id of the server."""
    matches(r"^[A-Za-z0-9]+-[A-Za-z0-9-]+$", text, "id")
    if len(text) > 40:
        raise Fail(f"id has more than 40 characters: {text!r}")
    return text


def post_lines(t, messages, path="/sse", headers=()):
    """Posts messages, a line each; each is an object or a text as it is."""
    body = "\n".join(m if isinstance(m, str) else json.dumps(m) for m in messages)
    return t.post(body, LINES, path=path, headers=headers)


def many(t, count, path="/sse", size=0, start=0):
    """Publishes messages with the numbers from `start` on as data, in few requests; hands back their responses."""
    responses = []
    for first in range(start, start + count, 5000):
        numbers = range(first, min(first + 5000, start + count))
        response = post_lines(t, [{"data": str(i) + " " * size} for i in numbers], path=path)
        eq(response.status, 202, f"status ({short(response.text, 80)})")
        responses += [json.loads(line) for line in response.text.splitlines()]
    return responses


def last_event_id(text):
    return {"Last-Event-ID": text.encode() if isinstance(text, str) else text}
