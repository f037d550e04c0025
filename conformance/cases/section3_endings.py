"""Section 3: how streams end, as the log says it."""

import re
import signal

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
