"""Section 4: hook calls that run when the signal to stop comes."""

import signal
import time

from conform import EMIT, case, eq, matches, ok

WAITING = EMIT + 'local sleep = require "sleep" '


def stop_while(t, kind):
    """Sends the signal while the call runs, and waits for the end."""
    t.emitted(kind)
    t.may_exit = True
    t.server.signal(signal.SIGTERM)


@case("4", "a subscribe call that runs when the signal comes runs to its end, and its stream ends with a retry",
      script=WAITING + """
function subscribe(sub) emit("begun") sleep(700) emit("ended") return sub end
function unsubscribe(sub) emit("gone") end""", original="differs: cuts the call off")
def stop_awaits_subscribe(t):
    connection = t.connect()
    connection.send(b"GET /sse HTTP/1.1\r\nHost: x\r\n\r\n")
    stop_while(t, "begun")
    response = connection.response(15, "GET")
    eq(response.status, 200, "status")
    matches(r"(?m)^retry: \d+$", response.text, "body")
    eq(t.server.wait_exit(15), 0, "exit status")
    eq([call["kind"] for call in t.emitted_now()], ["begun", "ended", "gone"], "calls")


@case("4", "a tick call that runs when the signal comes runs to its end",
      script=WAITING + 'function tick(n) emit("begun") sleep(700) emit("ended") end', original="differs: cuts the call off")
def stop_awaits_tick(t):
    stop_while(t, "begun")
    eq(t.server.wait_exit(15), 0, "exit status")
    eq([call["kind"] for call in t.emitted_now()], ["begun", "ended"], "calls")


@case("4", "a publish call that takes more than half of the drain timeout runs to its end",
      args=["--drain-timeout", "3s"], original="differs: cuts the call off",
      script=WAITING + 'function publish(pub) emit("begun") sleep(2000) emit("ended") return pub end')
def stop_awaits_publish(t):
    connection = t.connect()
    connection.send(b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n"
                    b'{"data":"x"}')
    stop_while(t, "begun")
    eq(t.server.wait_exit(15), 0, "exit status")
    eq([call["kind"] for call in t.emitted_now()], ["begun", "ended"], "calls")


@case("4", "a publish call that ends within the drain timeout, though late, gets status 202 and is delivered",
      args=["--drain-timeout", "5s"], original="differs: cuts the call off",
      script=WAITING + 'function publish(pub) emit("begun") sleep(3200) return pub end')
def stop_delivers_late_publish(t):
    stream = t.sub()
    connection = t.connect()
    connection.send(b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n"
                    b'{"data":"x"}')
    stop_while(t, "begun")
    eq(connection.response(15, "POST").status, 202, "status")
    matches(r"(?s)data: x\n.*retry: \d+\n", stream.to_end(15), "the stream")
    eq(t.server.wait_exit(15), 0, "exit status")


@case("4", "a catchup call that takes longer than the drain timeout does not keep unsubscribe from being called",
      args=["--drain-timeout", "1s"], original="differs: calls no unsubscribe at a stop",
      script=WAITING + """
function catchup(sub) emit("begun") sleep(60000) end
function unsubscribe(sub) emit("gone") end""")
def stop_during_catchup(t):
    t.sub()
    stop_while(t, "begun")
    eq(t.server.wait_exit(15), 0, "exit status")
    eq(len(t.emitted_now("gone")), 1, "calls of unsubscribe")
    warning, = t.log("WARN.*drain timeout exceeded")
    matches(r"unfinished-streams=1 unfinished-hooks=1$", warning, "what the log says")


WAITING_MESSAGE = WAITING + """
function message(pub, sub) if pub.msg.data == "wait" then emit("begun") sleep(60000) end return pub end
function unsubscribe(sub) emit("gone") end"""


def stop_in_message(t):
    """Each of three streams ends behind the messages that the hook has decided; the others are lost."""
    streams = [t.sub() for _ in range(3)]
    for data in ("first", "wait", "behind"):
        t.publish(data)
    t.emitted("begun", 3)
    stop_while(t, "begun")
    for stream in streams:
        matches(r"data: first\n\nretry: \d+\n\n$", stream.to_end(15), "the stream")
        ok(stream.clean, "the body was cut off instead of ended")
    eq(t.server.wait_exit(15), 0, "exit status")
    eq(len(t.emitted_now("gone")), 3, "calls of unsubscribe")
    t.log(r"stream closed: reason=stop-in-hook .* undelivered=2 ", 3)


@case("4", "a stream whose message call takes longer than the drain timeout ends with a retry and the last chunk, in time",
      args=["--drain-timeout", "2s"], original="differs: cuts the call off", script=WAITING_MESSAGE)
def stop_during_message(t):
    begun = time.monotonic()
    stop_in_message(t)
    took = time.monotonic() - begun
    ok(took < 5, f"the stop took {took:.1f} s")


@case("4", "a stream whose message call waits ends with a retry and the last chunk also without any time to drain",
      args=["--drain-timeout", "0s"], original="differs: cuts the call off", script=WAITING_MESSAGE)
def stop_at_once_during_message(t):
    stop_in_message(t)


@case("4", "what did not end within the drain timeout is said with counts",
      args=["--drain-timeout", "1s"], original="differs: has no drain timeout",
      script=WAITING + """
function publish(pub) emit("begun") sleep(60000) end
function tick(n) sleep(60000) end""")
def stop_says_what_is_left(t):
    for _ in range(2):
        connection = t.connect()
        connection.send(b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 12\r\n"
                        b'\r\n{"data":"x"}')
    t.emitted("begun", 2)
    stop_while(t, "begun")
    eq(t.server.wait_exit(15), 0, "exit status")
    warning, = t.log("WARN.*drain timeout exceeded")
    matches(r"drain timeout exceeded: unfinished-publishes=2 unfinished-hooks=1$", warning, "what the log says")
    ok(not t.emitted_now("gone"), "a stream was there")
