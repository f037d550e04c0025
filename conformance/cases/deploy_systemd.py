"""The systemd unit in the image, as far as it can be tried where systemd does not run."""

import os
import shlex
import signal
import subprocess
import sys

from blackbox import confine
from blackbox.fixtures import FORM
from blackbox.repository import ours, read
from blackbox.systemd import Unit, systemd_analyze
from conform import Skip, case, eq, lacks, matches, ok

FILE = ("deploy", "tinysse.service")
PROGRAM = "/opt/tinysse/bin/tinysse"
MAX_EXPOSURE = 20  # of 100, in systemd's own judgement


def unit(t):
    ours(t)
    return Unit(read(*FILE))


@case("deploy", "systemd finds nothing wrong with the unit, and calls it safe", start=False)
def unit_is_valid(t):
    text = unit(t).text
    ok(PROGRAM in text, f"the unit does not start {PROGRAM}")
    path = t.write("tinysse.service", text.replace(PROGRAM, "/bin/true"))
    verified = systemd_analyze("verify", "--man=no", path)
    eq((verified.returncode, verified.stderr), (0, ""), "what systemd-analyze verify says")
    judged = systemd_analyze("security", "--offline=true", f"--threshold={MAX_EXPOSURE}", path)
    eq(judged.returncode, 0, f"status of the judgement: {judged.stdout[-100:]!r}")


@case("deploy", "the unit starts the server without a file in /etc, in its state folder, with the system calls it leaves",
      start=False)
def unit_starts(t):
    settings = unit(t)
    eq(settings.all("Environment"), [], "variables that name files")
    for file in settings.all("EnvironmentFile"):
        ok(file.startswith("-"), f"a file that has to be there: {file}")
    state, names = t.path("state"), t.write("calls", "\n".join(sorted(settings.system_calls())) + "\n")
    os.mkdir(state)
    confined = shlex.join([sys.executable, confine.__file__, names, *shlex.split(t.options.server)])
    variables = {"TINYSSE_LISTEN": "127.0.0.1:@PORT@", "TINYSSE_SCRIPT": t.write("hooks.lua", """
        local db, http, mark = require "sqlite".open("stored.db"), require "http", "before"
        db:exec "create table if not exists t (n integer)"
        function publish(pub)
          pub.msg.data = mark .. http.get("http://localhost:" .. pub.msg.data .. "/healthz").status
          return pub
        end""")}
    server = t.start(command=confined, cwd=state, env=variables, listen=False, wait=False)
    t.wait(lambda: not server.running() or any("Listening" in line for line in server.output()), "it has started", 30)
    if server.process.poll() == confine.CANNOT:
        raise Skip("this machine takes no filter for system calls")
    stream = t.sub()
    response = t.post(b"data=%d" % t.port, FORM)
    eq(response.status, 202, "status of a publish")
    stream.expect("data: before200")
    ok(os.path.exists(os.path.join(state, "stored.db")), "the script's file is not in the state folder")

    t.write("hooks.lua", "function publish(pub) pub.msg.data = 'after' return pub end")
    reload = settings.one("ExecReload").replace("$MAINPID", str(server.pid))
    eq(subprocess.run(shlex.split(reload)).returncode, 0, f"status of {reload}")
    t.log("Reloaded")
    t.publish("x")
    stream.expect("data: after")
    t.may_exit = True
    server.signal(signal.SIGTERM)
    eq(server.wait_exit(15), 0, "exit status")
    lacks("WARN|ERROR", "\n".join(server.output("out")), "the log")


@case("deploy", "the unit starts the server again after a failure, but not after a mistake in its settings", start=False)
def unit_restarts(t):
    settings = unit(t)
    eq(settings.one("Restart"), "on-failure", "Restart")
    taken = t.start()
    again, status = t.run_to_exit(port=taken.port)
    eq(status, 1, "exit status when the port is taken")
    matches("cannot listen", "\n".join(again.output()), "the log")
    _, status = t.run_to_exit(["--capacity", "0"])
    eq(settings.all("RestartPreventExitStatus"), [str(status)], "statuses that are final")
