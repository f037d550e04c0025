"""Helpers of several case files: scripts, a site, assertions."""

import time

from .checks import Fail, eq, ok
from .eventstream import EventStreamParser
from .registry import EMIT


FORM = "application/x-www-form-urlencoded"


# A script that reports the start table, and one that reports every hook call in order.
SHOW_CLI = EMIT + "function startup(cli) emit('cli', {cli = cli}) end"


# `message` holds the stream that asked for /sse?hold until somebody publishes the event "release".
GATE = EMIT + """
local sleep = require "sleep"
local open = false
function publish(pub)
  if pub.msg.event == "release" then open = true return nil end
  return pub
end
function subscribe(sub) sub.held = sub.req.query == "hold" return sub end
function message(pub, sub)
  if sub.held then
    emit("waiting", {data = pub.msg.data})
    while not open do sleep(20) end
  end
  return pub
end
function unsubscribe(sub) emit("gone", {held = sub.held}) end
"""


# One of these words is in a log line about lost messages.
LOSS = r"(?i)\b(lag\w*|lost|los(e|es|ing|s)|behind|drop\w*|miss\w*|skip\w*|overr\w*)\b"


def release(t):
    eq(t.post_json({"event": "release"}).status, 403, "status of the release")


def error_text(response):
    """The text of a JSON error response."""
    eq(response.get("content-type"), "application/json", "content type of the error")
    value = response.json()
    ok(isinstance(value, dict) and isinstance(value.get("error"), str) and value["error"],
       f"error body without a text: {response.text!r}")
    return value["error"]


LEAVING = EMIT + """
function subscribe(sub) sub.name = sub.req.query return sub end
function unsubscribe(sub) emit("gone", {name = sub.name}) end
"""


SITE = {"www/index.html": "<p>home</p>", "www/a.txt": "0123456789", "www/app.js": "let x", "www/style.css": "p{}",
        "www/data.json": "{}", "www/pic.png": b"\x89PNG\r\n", "www/pic.svg": "<svg/>", "www/sub/index.html": "inner",
        "www/empty/x.txt": "x", "www/.secret": "hidden", "www/.git/config": "hidden", "www/sp ace.txt": "space",
        "www/ü.txt": "umlaut", "www/sse": "a file with the name of the path", "outside.txt": "outside"}


STATIC = ["--serve-static-dir", "@DIR@/www"]


def events_of(t, stream, n):
    """The stream's next n events, as a parser that knows only the standard sees them; no event beside them."""
    t.publish("-- end of the test --", event="end")
    deadline = time.monotonic() + t.patience
    while True:
        parser = EventStreamParser.parse(bytes(stream.body))
        if parser.events and parser.events[-1][:2] == ("end", "-- end of the test --"):
            break
        if stream.ended:
            raise Fail(f"the stream ended after {len(parser.events)} of {n} events")
        if not stream.fill(deadline) and time.monotonic() > deadline:
            raise Fail(f"only {len(parser.events)} of {n} events within the timeout")
    eq(len(parser.events) - 1, n, "number of events")
    eq(parser.reconnection_time, None, "reconnection time")
    return parser.events[:-1]


def stalled(t, **options):
    """A stream whose client does not read, and to which the server cannot write any more."""
    stream, text = t.sub(receive_buffer=4096, **options), "x" * 60000
    for _ in range(300):
        if t.publish(text)["queued"] > 2:
            time.sleep(0.2)  # it may have been busy only
            if t.publish(text)["queued"] > 2:
                return stream
    raise Fail("300 messages of 60 KB were written to a client that stopped reading")


def subscribers(t):
    """How many streams there are; finding out costs a message."""
    return t.publish("how many?", event="count")["subscribers"]
