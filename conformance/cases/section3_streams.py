"""Section 3: the head of a stream, its events, its timers."""

import re
import time

from conform import EMIT, case, eq, matches, ok


@case("3", "a stream starts with 200, the event-stream type, no-cache, the CORS header and the comment ok")
def stream_head(t):
    stream = t.open_stream()
    eq(stream.head.status, 200, "status")
    matches(r"^text/event-stream(\s*;\s*charset=utf-8)?$", stream.head.get("content-type"), "content type", re.I)
    ok("no-cache" in stream.head.items("cache-control"), f"Cache-Control: {stream.head.get('cache-control')}")
    eq(stream.head.get("access-control-allow-origin"), "*", "allow-origin")
    eq(stream.head.get("content-length"), None, "content length")
    eq(stream.head.get("content-encoding"), None, "content encoding")
    stream.expect(": ok")
    t.observe("headers", sorted(k for k, _ in stream.head.fields))


@case("3", "a stream tells proxies not to buffer: X-Accel-Buffering: no", original="differs: ours")
def stream_not_buffered(t):
    eq(t.open_stream().head.get("x-accel-buffering"), "no", "X-Accel-Buffering")


@case("3", "fields come in the order id, event, data, comment, each only if present, with one space after the colon")
def wire_form(t):
    stream = t.sub()
    t.post('{"comment":["a comment"],"data":"first line\\nsecond line","event":"custom-event","id":"some-id"}')
    t.post_form([("comment", "c"), ("id", "2")])
    t.publish(" x ", event="")
    stream.expect("id: some-id\nevent: custom-event\ndata: first line\ndata: second line\n: a comment", "id: 2\n: c",
                  "event: \ndata:  x ")
    ok(b"\r" not in stream.body, "the stream contains CR")


@case("3", "live messages come in publish order, to every stream")
def publish_order(t):
    streams = [t.sub() for _ in range(4)]
    for i in range(150):
        eq(t.publish(f"m{i}")["subscribers"], 4, "subscribers")
    for stream in streams:
        stream.expect(*[f"data: m{i}" for i in range(150)])


@case("3", "a stream gets what is published after it began, not before")
def no_history(t):
    t.publish("before")
    stream = t.sub()
    t.publish("after")
    stream.expect("data: after")


@case("3", "a silent stream gets the keep-alive comment again and again", args=["--keep-alive", "400ms"])
def keep_alive(t):
    stream = t.sub()
    begun = time.monotonic()
    stream.expect(": keep-alive", ": keep-alive", ": keep-alive")
    ok(time.monotonic() - begun >= 0.9, "three keep-alives came faster than the interval allows")
    t.publish("x")
    stream.expect("data: x", ": keep-alive")


@case("3", "--keep-alive-text is the text of the comment",
      args=["--keep-alive", "300ms", "--keep-alive-text", "still here: ü"])
def keep_alive_text(t):
    t.sub().expect(": still here: ü", ": still here: ü")


@case("3", "each send restarts the keep-alive interval", args=["--keep-alive", "2s"])
def keep_alive_restarts(t):
    stream = t.sub()
    last, widest = time.monotonic(), 0.0
    for i in range(12):
        t.publish(str(i))
        got = stream.block()
        now = time.monotonic()
        widest, last = max(widest, now - last), now
        if widest > 1.6:
            return  # this machine was too slow to send in time; nothing can be concluded
        eq(got, f"data: {i}", "next event")
        time.sleep(0.25)
    stream.expect(": keep-alive")


@case("3", "--keep-alive 0s switches the keep-alive off", args=["--keep-alive", "0s"],
      original="differs: sends keep-alives without a pause")
def keep_alive_off(t):
    stream = t.sub()
    eq(stream.drain(1.2), "", "what a silent stream got")
    t.publish("x")
    stream.expect("data: x")


@case("3", "an old stream gets the comment timeout and the retry value in one event, then ends",
      args=["--timeout", "600ms", "--timeout-retry", "1500ms"])
def timeout_event(t):
    begun = time.monotonic()
    stream = t.sub()
    t.publish("x")
    stream.expect("data: x")
    last = stream.block()
    ok(time.monotonic() - begun >= 0.5, "the stream ended before its time")
    matches(r"^: timeout\nretry: ?1500$", last, "last event")
    eq(stream.to_end(), "", "after the last event")
    ok(stream.clean, "the body was cut off instead of ended")
    eq(t.publish("y")["subscribers"], 0, "subscribers afterwards")


@case("3", "the retry line has one space after its colon and the value that is set, 0 too", start=False,
      original="differs: writes retry:0 without the space")
def timeout_wire_form(t):
    for args, env in ((["--timeout-retry", "0s"], {}), ([], {"TINYSSE_TIMEOUT_RETRY": "0s"}),
                      (["--config", t.write("c.yaml", "timeout-retry: 0s\n")], {})):
        t.start(["--timeout", "400ms", *args], env=env)
        t.sub().expect(": timeout\nretry: 0")


@case("3", "without --timeout-retry the value is a random one of 50 to 250", args=["--timeout", "400ms"],
      original="differs: 0, which stays with a browser")
def timeout_retry_default(t):
    streams = [t.sub() for _ in range(12)]
    values = [int(re.fullmatch(r": timeout\nretry: (\d+)", stream.block()).group(1)) for stream in streams]
    ok(all(50 <= value <= 250 for value in values) and len(set(values)) > 3, f"retries: {values}")


@case("3", "HEAD gets the response of GET, without a body and without a stream")
def head_request(t):
    response = t.request("HEAD", "/sse")
    eq(response.status, 200, "status")
    t.note_response("HEAD", response)
    matches("^text/event-stream", response.get("content-type"), "content type")
    eq(t.publish("x")["subscribers"], 0, "subscribers")


@case("3", "a HEAD request runs no hook", original="differs: runs subscribe and catchup, never unsubscribe",
      script=EMIT + """
function subscribe(sub) emit("subscribe") return sub end
function catchup(sub) emit("catchup") end
function publish(pub) emit("publish") return pub end
""")
def head_runs_no_hook(t):
    t.request("HEAD", "/sse")
    t.publish("x")
    t.emitted("publish")
    eq([call["kind"] for call in t.emitted_now()], ["publish"], "hooks that ran")
