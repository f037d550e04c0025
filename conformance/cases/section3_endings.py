"""Section 3: how streams end, as the log says it."""

import json
import re
import signal
import time

from blackbox.fixtures import stalled, subscribers
from conform import case, eq, ok

DEBUG = ["--log-level", "DEBUG"]


def reason(t, text):
    """Waits for the one line that says why the stream ended."""
    line, = t.log(r"tinysse: stream (ended|cut off): ")
    ok(re.search(rf"(DEBUG|INFO) .*reason={text} client=127\.0\.0\.1:\d+ messages-not-taken=\d+ age=\d+ms$", line),
       f"expected reason={text}: {line}")
    return line


def stopped(t):
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    eq(t.server.wait_exit(15), 0, "exit status")
    return int(re.search(r"messages-lost-to-slow-streams=(\d+)$", t.log("Stopped: ")[0])[1])


@case("3", "the log says at DEBUG that a stream was opened, and that its client left", args=DEBUG,
      original="differs: other lines")
def log_of_leaving(t):
    t.sub().leave()
    t.log(r"DEBUG tinysse: stream opened: client=127\.0\.0\.1:\d+$")
    reason(t, "client-left")


@case("3", "the log says at DEBUG that a client reset its connection", args=DEBUG, original="differs: other lines")
def log_of_a_reset(t):
    t.sub().leave("rst")
    reason(t, "client-reset")


@case("3", "the log says at DEBUG that the time of a stream was up", args=[*DEBUG, "--timeout", "300ms"],
      original="differs: other lines")
def log_of_the_timeout(t):
    t.sub().to_end()
    reason(t, "timeout")


@case("3", "the log says at DEBUG that a stream ended at the stop", args=DEBUG, original="differs: other lines")
def log_of_the_stop(t):
    t.sub()
    stopped(t)
    reason(t, "stop")


@case("3", "the log says at INFO that a lone client that does not read was cut off, and what it had not taken is counted",
      args=["--write-timeout", "1s", "--capacity", "16"], original="differs: has no --write-timeout")
def log_of_a_client_that_does_not_read(t):
    stalled(t)
    t.wait(lambda: subscribers(t) == 0, "the stalled stream has gone")
    line = reason(t, "(not-reading|connection-timed-out)")
    ok(" INFO " in line, f"level: {line}")
    lost = int(re.search(r"messages-not-taken=(\d+)", line)[1])
    ok(lost > 0, line)
    eq(stopped(t), lost + sum(int(n) for n in re.findall(r"slow stream lost messages: lost=(\d+)", "\n".join(t.server.output()))),
       "messages lost to slow streams")


@case("3", "the log says at INFO that the server stopped before a stream had everything, and what that was is counted",
      args=["--drain-timeout", "1s"], original="differs: has no drain timeout")
def log_of_an_unfinished_stop(t):
    stalled(t)
    lost = stopped(t)
    line = reason(t, "stop-unfinished")
    ok(" INFO " in line and lost > 0, line)
    eq(int(re.search(r"messages-not-taken=(\d+)", line)[1]), lost, "messages lost to slow streams")
    warning, = t.log("WARN.*not everything ended")
    ok(warning.endswith("drain timeout: streams-cut-off=1"), warning)


WAITING = """
local sleep = require "sleep"
local tinysse = require "tinysse"
function publish(pub)
  if pub.msg.data ~= "kick" then return pub end
  print("ended " .. tinysse.disconnect(function() return true end))
  return nil
end
function message(pub, sub) sleep(%d) return pub end
function unsubscribe(sub) print("gone") end
"""


def ends_while_message_waits(t, stream, begun, last, lost):
    """The stream ends long before the hook, its unsubscribe runs once, and the result of the hook is dropped."""
    eq(stream.to_end().strip().split("\n")[-1].split(":")[0], last, "last line")
    ok(time.monotonic() - begun < 3, f"ended after {time.monotonic() - begun:.1f} s")
    t.log("^gone$")
    t.log(rf"messages-not-taken={lost} ")
    eq(json.loads(t.post_json({"data": "later"}).body)["subscribers"], 0, "subscribers")
    time.sleep(max(0, begun + 5.5 - time.monotonic()))  # the hook has returned
    eq(len([line for line in t.server.output() if line == "gone"]), 1, "calls of unsubscribe")


@case("3", "--timeout is on time while message waits, and what the hook has not decided counts as lost",
      args=["--timeout", "2s"], script=WAITING % 5000, original="differs: waits for the hook")
def timeout_while_message_waits(t):
    begun = time.monotonic()
    stream = t.sub()
    t.publish("1")
    t.publish("2")
    ends_while_message_waits(t, stream, begun + 2, "retry", 2)
    eq(stopped(t), 2, "lost in all")


@case("7.5", "disconnect ends a stream within a second while its message hook waits, and no publisher counts it",
      script=WAITING % 5000, original="differs: has no package tinysse")
def disconnect_while_message_waits(t):
    stream = t.sub()
    t.publish("1")
    begun = time.monotonic()
    eq(t.post_json({"data": "kick"}).status, 403, "status")
    t.log("^ended 1$")
    eq(t.publish("2"), {"queued": 0, "subscribers": 0}, "counts")
    ends_while_message_waits(t, stream, begun, "retry", 1)


@case("3", "a hook that decides within half a second delivers what was published before the end",
      args=["--timeout", "1s"], script=WAITING % 200, original="differs: other time")
def timeout_delivers_what_is_decided_in_time(t):
    stream = t.sub()
    time.sleep(0.9)
    t.publish("1")
    text = stream.to_end()
    ok(text.index("data: 1") < text.index(": timeout"), f"stream: {text}")
    eq(stopped(t), 0, "lost in all")
