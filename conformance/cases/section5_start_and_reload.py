"""Section 5: a stop while the script is starting, and what many reloads leave behind."""

import os
import signal
import time

from conform import EMIT, case, eq, ok


@case("4", "SIGTERM ends a server whose script has not come to the end of its start, with status 0", start=False,
      original="differs: dies by the signal")
def stop_while_starting(t):
    t.may_exit = True
    for wait in ('require "sleep"(1e12)', "while true do end", 'io.popen("exec sleep 1000"):read("a")'):
        for script in ("emit('begun') " + wait, f"function startup() emit('begun') {wait} end"):
            t.start(["--startup-timeout", "0s"], script=EMIT + script, wait=False)
            t.emitted("begun")
            t.server.signal(signal.SIGTERM)
            eq(t.server.process.wait(10), 0, f"exit status of: {script}")


@case("5", "200 reloads leave no files and no threads behind", original="differs: does not reload", script="""
local db, http = require "sqlite".open("stored.db"), require "http"
local agent = http.agent()
function publish(pub)
  db:exec "create table if not exists t (n integer)"
  http.get("http://127.0.0.1:@PORT@/healthz")
  agent:get("http://127.0.0.1:@PORT@/healthz")
  return pub
end""")
def many_reloads(t):
    stream, process = t.sub(), f"/proc/{t.server.pid}"
    t.publish("first")
    stream.expect("data: first")
    before = usage(process)
    for i in range(1, 201):
        t.server.signal(signal.SIGHUP)
        t.log("INFO .*Reloaded", i)
        t.publish(f"m{i}")
        stream.expect(f"data: m{i}")
    few = 20
    t.wait(lambda: all(now <= then + few for now, then in zip(usage(process), before)),
           f"files and threads as before: {before}", 30)
    ok(len([name for name in opened(process) if "stored.db" in name]) <= 2, "the databases of old scripts are open")


def opened(process):
    names = []
    for number in os.listdir(process + "/fd"):
        try:
            names.append(os.readlink(f"{process}/fd/{number}"))
        except FileNotFoundError:
            continue  # closed meanwhile
    return names


def usage(process):
    """How many files and how many threads a process has."""
    return len(os.listdir(process + "/fd")), len(os.listdir(process + "/task"))


@case("5", "--watch-script does not load a file that is still being written", original="differs: has no --watch-script",
      args=["--watch-script"], script="function publish(pub) return nil end")
def half_written(t):
    with open(t.path("hooks.lua"), "w", encoding="utf-8") as file:
        for _ in range(30):
            file.write("-- a long file\n")
            file.flush()
            time.sleep(0.05)
            eq(t.post_json({"data": "x"}).status, 403, "status while the file grows")
        file.write('function publish(pub) pub.msg.data = "new" return pub end')
    t.log("INFO .*Reloaded")
    stream = t.sub()
    t.publish("x")
    stream.expect("data: new")
    ok(not [line for line in t.server.output() if "not reloaded" in line], "a half-written file was loaded")
