"""Section 3: how streams end, as the log says it."""

import re
import signal
import time

from blackbox.fixtures import stalled, subscribers
from conform import EMIT, case, eq, ok

DEBUG = ["--log-level", "DEBUG"]


def reason(t, text):
    """Waits for the one line that says why the stream ended."""
    line, = t.log(r"tinysse: stream (ended|closed): ")
    ok(re.search(rf"(DEBUG|INFO) .*reason={text} client=127\.0\.0\.1:\d+ undelivered=\d+ age=\d+ms$", line),
       f"expected reason={text}: {line}")
    return line


def stopped(t):
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    eq(t.server.wait_exit(15), 0, "exit status")
    return int(re.search(r"lost-total=(\d+)$", t.log("Stopped: ")[0])[1])


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


@case("3", "the log reports at INFO that a slow consumer was closed, and its undelivered messages are counted",
      args=["--write-timeout", "1s", "--capacity", "16"], original="differs: has no --write-timeout")
def log_of_a_client_that_does_not_read(t):
    stalled(t)
    t.wait(lambda: subscribers(t) == 0, "the stalled stream has gone")
    line = reason(t, "(slow-consumer|connection-timed-out)")
    ok(" INFO " in line, f"level: {line}")
    lost = int(re.search(r"undelivered=(\d+)", line)[1])
    ok(lost > 0, line)
    eq(stopped(t), lost + sum(int(n) for n in re.findall(r"slow consumer lost messages: lost=(\d+)", "\n".join(t.server.output()))),
       "messages lost to slow streams")


@case("3", "the log says at INFO that the server stopped before a stream had everything, and what that was is counted",
      args=["--drain-timeout", "1s"], original="differs: has no drain timeout")
def log_of_an_unfinished_stop(t):
    stalled(t)
    lost = stopped(t)
    line = reason(t, "stop-unfinished")
    ok(" INFO " in line and lost > 0, line)
    eq(int(re.search(r"undelivered=(\d+)", line)[1]), lost, "messages lost to slow streams")
    warning, = t.log("WARN.*drain timeout exceeded")
    ok(warning.endswith("drain timeout exceeded: unfinished-streams=1"), warning)


# `message` waits for the data "wait"; a publication "kick" disconnects every stream.
WAITS = """
local sleep, tinysse = require "sleep", require "tinysse"
function publish(pub)
  if pub.msg.data == "kick" then tinysse.disconnect(function() return true end) return nil end
  return pub
end
function message(pub, sub) if pub.msg.data == "wait" then sleep(60000) end return pub end
function unsubscribe(sub) print("unsubscribed") end
"""


@case("3", "a timeout comes on time while a message hook waits; what it has not decided is lost", script=WAITS,
      args=["--timeout", "1s", "--timeout-retry", "9s"], original="differs: waits for the hook")
def timeout_in_hook(t):
    stream = t.sub()
    t.publish("wait")
    t.publish("behind")
    stream.expect(": timeout\nretry: 9000", timeout=4)
    eq(stream.to_end(), "", "what follows the timeout")
    line = reason(t, "timeout-in-hook")
    ok("undelivered=2 " in line, line)
    t.log("^unsubscribed$")


@case("3", "a timeout comes on time, as without a timeout hook, while an endless message hook keeps that hook from running",
      args=["--timeout", "1s", "--timeout-retry", "9s", "--script-timeout", "5s"], original="differs: waits for the hook",
      script=EMIT + """
function message(pub, sub) emit("loops") while true do end end
function timeout(sub, elapsed_ms) return 77 end""")
def timeout_without_timeout_hook(t):
    begun = time.monotonic()
    stream = t.sub()
    t.publish("loop")
    t.emitted("loops")
    stream.expect(": timeout\nretry: 9000", timeout=4)
    took = time.monotonic() - begun
    eq(stream.to_end(), "", "what follows the timeout")
    ok(took < 2.5, f"the timeout came after {took:.1f} s")
    reason(t, "timeout-in-hook")


@case("7.5", "a stream is disconnected in time while a message hook waits, and not counted from then on", script=WAITS,
      original="differs: has no such package")
def disconnect_in_hook(t):
    stream = t.sub()
    eq(t.publish("wait")["subscribers"], 1, "subscribers before")
    t.post_json({"data": "kick"})
    eq(t.publish("later")["subscribers"], 0, "subscribers after")
    eq(len([line for line in stream.block(4).splitlines() if line.startswith("retry: ")]), 1, "retry at the end")
    stream.to_end()
    t.log("^unsubscribed$")
