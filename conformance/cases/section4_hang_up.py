"""Section 4: SIGHUP reloads a script, and does nothing where there is none to reload or the server is not up."""

import os
import signal
import time

from conform import EMIT, case, eq, lacks, ok

SLEEPER = EMIT + 'local sleep = require "sleep"\n'


def hang_up(t):
    """The signal has been taken by the process, whatever that does with it."""
    t.server.signal(signal.SIGHUP)
    t.wait(lambda: not pending(t.server.pid), "the signal has been taken")


def pending(pid):
    """Whether SIGHUP waits for a process; it is bit 0 of the mask. False where the process has gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            return int(dict(line.split(":", 1) for line in status)["ShdPnd"], 16) & 1
    except FileNotFoundError:
        return False


@case("4", "SIGHUP without a script does nothing", original="differs: dies by the signal")
def hang_up_without_script(t):
    stream = t.sub()
    for i in range(3):
        hang_up(t)
        t.publish(f"m{i}")
        stream.expect(f"data: m{i}")
    lacks("WARN|ERROR", "\n".join(t.server.output("out")), "the log")


@case("4", "SIGHUP does nothing while the JVM starts, from the moment on in which the launcher becomes the server",
      start=False, original="differs: dies by the signal")
def hang_up_while_the_jvm_starts(t):
    t.start(wait=False)
    t.wait(lambda: os.readlink(f"/proc/{t.server.pid}/exe").endswith("/java"), "the launcher has become the server")
    while not any("Listening on" in line for line in t.server.output()):
        t.server.signal(signal.SIGHUP)
        ok(t.server.running(), "the server has ended")
        time.sleep(0.005)
    t.server.wait_port(t.patience)
    t.publish("x")


@case("4", "SIGHUP does nothing while the script's top level or its startup runs, and reloads afterwards", start=False,
      original="differs: dies by the signal")
def hang_up_while_the_script_starts(t):
    t.may_exit = True
    for place, script in (("top level", "{}"), ("startup", "function startup() {} end")):
        gate = t.path("gate")
        wait = f"emit('begun') while not io.open('{gate}') do sleep(10) end"
        t.start(["--unsafe-script"], script=SLEEPER + script.replace("{}", wait) + "\nfunction tick() emit('tick') end",
                wait=False)
        t.emitted("begun")
        for _ in range(3):
            hang_up(t)
        t.write("gate", "")
        t.emitted("tick")
        ok(t.server.running(), f"the server has ended during its {place}")
        eq([line for line in t.server.output() if "Reloaded" in line], [], f"reloads during the {place}")
        t.server.signal(signal.SIGHUP)
        t.log("INFO .*Reloaded")
        t.server.stop(t.options.grace)
        os.remove(gate)


@case("4", "SIGHUP during a stop does nothing: what has begun ends as it would", script=SLEEPER + """
function publish(pub)
  emit("begun")
  sleep(1000)
  return pub
end""", original="differs: dies by the signal")
def hang_up_while_stopping(t):
    stream, publisher = t.sub(), t.connect()
    body = b'{"data": "last"}'
    publisher.send(b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                   % len(body) + body)
    t.emitted("begun")
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    t.log("INFO .*Stopping")
    t.server.signal(signal.SIGHUP)
    eq(publisher.response(t.patience).status, 202, "status of the publish")
    stream.expect("data: last")
    eq(t.server.wait_exit(15), 0, "exit status")
    lacks("Reloaded", "\n".join(t.server.output()), "the log")
