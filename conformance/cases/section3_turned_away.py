"""Section 3: responses to clients that get no stream for now. A browser gives up at any status but 200."""

import re
import signal

from blackbox.fixtures import stalled
from conform import EMIT, case, eq, matches, ok

TRACE = EMIT + """
function subscribe(sub) emit("subscribe") return sub end
function catchup(sub) emit("catchup") end
function unsubscribe(sub) emit("unsubscribe") end
"""


def turned_away(t, **headers):
    """The one event of a stream that ends at once, with its head."""
    stream = t.open_stream(headers=headers)
    eq(stream.head.status, 200, "status")
    event = stream.block()
    eq(stream.to_end(), "", "behind the event")
    ok(stream.clean and stream.chunked, "the stream ended without the last chunk")
    return stream.head, event


def retry(pattern, event):
    matches("^" + pattern + r"\nretry: \d+$", event, "event")
    return int(re.search(r"\d+$", event).group())


def headers_of(head):
    skip = ("date", "connection")
    return sorted(field for field in head.fields if field[0] not in skip)


@case("3", "above --max-subscribers, a request for an event stream gets one that says busy, has a retry, and ends",
      args=["--max-subscribers", "2"], original="differs: has no limit", script=TRACE)
def busy(t):
    streams = []
    for count in (1, 2):
        streams.append(t.sub())
        t.emitted("catchup", count)  # which comes after what the client sees first
    retries = []
    for _ in range(12):
        head, event = turned_away(t, Origin="http://a.example")
        retries.append(retry(": busy", event))
    ok(all(5000 <= millis <= 15000 for millis in retries) and len(set(retries)) > 3, f"not spread: {retries}")
    eq(headers_of(head), headers_of(streams[0].head), "headers")
    eq(t.publish("x")["subscribers"], 2, "subscribers")
    streams[0].leave()
    t.emitted("unsubscribe")
    t.wait(lambda: t.open_stream().block() == ": ok", "room for one more")
    eq([call["kind"] for call in t.emitted_now()][:5],
       ["subscribe", "catchup", "subscribe", "catchup", "unsubscribe"], "hooks that ran")


@case("3", "above --max-subscribers who does not ask for an event stream by name gets a 503 with Retry-After",
      args=["--max-subscribers", "1"], original="differs: has no limit")
def busy_for_others(t):
    t.sub()
    for accept in (None, "*/*", "text/*", "application/json", "text/event-stream;q=0", "text/event-stream; q=0.000, a/b",
                   'a/b;c="text/event-stream"'):
        response = t.get("/sse", {"Accept": accept} if accept else {})
        eq(response.status, 503, f"status with {accept}")
        matches(r"^\d+$", response.get("retry-after"), "Retry-After")
    for accept in ("text/event-stream", "TEXT/event-stream;q=0.1", "a/b;c=\",\", text/event-stream ; charset=utf-8"):
        matches("^: busy\n", turned_away(t, Accept=accept)[1], f"event with {accept}")


@case("1", "one warning in the log tells of a burst of clients that --max-subscribers turns away",
      args=["--max-subscribers", "1"], original="differs: has no limit")
def busy_is_logged(t):
    t.sub()
    for _ in range(5):
        turned_away(t)
        t.get("/sse")
    t.log(r" WARN .*\bmax-subscribers=1\b")
    eq(len([line for line in t.server.output() if " WARN " in line]), 1, "warnings")


@case("3", "while the server drains, a request for an event stream gets one that says stopping, has a retry, and ends",
      args=["--drain-timeout", "8s", "--capacity", "16"], original="differs: dies at once")
def stopping(t):
    reads, stuck = t.sub(), stalled(t)  # which keeps the server waiting until the drain timeout
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    reads.to_end()
    retries = []
    for _ in range(8):
        head, event = turned_away(t, Origin="http://a.example")
        retries.append(retry(": stopping", event))
    ok(all(1000 <= millis <= 2100 for millis in retries) and len(set(retries)) > 3, f"not spread: {retries}")
    eq(headers_of(head), headers_of(reads.head), "headers")
    response = t.get("/sse")
    eq(response.status, 503, "status for who does not ask for an event stream")
    matches(r"^\d+$", response.get("retry-after"), "Retry-After")
    stuck.leave("rst")
    eq(t.server.wait_exit(15), 0, "exit status")
