"""Section 5.2: a thousand calls at a time that wait inside, in all ways at once, for as long as SOAK_SECONDS says."""

import json
import os
import re
import subprocess
import sys
import time

from blackbox import load
from conform import EMIT, case, eq, ok

SECONDS = float(os.environ.get("SOAK_SECONDS", "4"))
CALLS = 1000
FEW = 20  # threads that the JVM may have made for itself

# Each call checks its result after every wait; `/sse` with the event "inner" is the call to its own server.
SCRIPT = EMIT + """
local sleep, http, lock, sqlite = require "sleep", require "http", require "mutex"(), require "sqlite"
local db = sqlite.open("soak.db")
db:exec "pragma synchronous = off"
db:exec "create table calls (token text primary key)"
local inner, count = {}, 0

local function waits_in_a_coroutine(token)
  return coroutine.wrap(function()
    sleep(#token % 3)
    coroutine.yield(token)
  end)()
end

function publish(pub)
  local token = pub.msg.data
  if pub.msg.event == "inner" then inner[token] = true return nil end
  if pub.msg.event == "sum" then
    emit("sum", {count = count, stored = db:query("select count(*) as n from calls")[1].n, inner = next(inner) == nil})
    return nil
  end
  sleep(math.random(0, 30))
  local response = http.post("http://127.0.0.1:@PORT@/sse",
    {headers = {["content-type"] = "application/json"}, body = json.encode {event = "inner", data = token}})
  assert(response.status == 403 and inner[token], "the call to its own server went wrong")
  inner[token] = nil
  lock(function() local before = count sleep(0) count = before + 1 end)
  db:exec("insert into calls values (?)", {token})
  assert(db:query("select token from calls where token = ?", {token})[1].token == token, "not stored")
  assert(waits_in_a_coroutine(token) == token, "another call's result")
  assert(pub.msg.data == token and pub.req.headers["x-token"] == token, "another call's message")
  return nil
end
"""


def usage(t):
    """The resources of the server; resident memory is in MB."""
    process = f"/proc/{t.server.pid}/"
    with open(process + "status") as status, open(process + "stat") as stat:
        text, ticks = status.read(), stat.read().rsplit(")", 1)[1].split()[11:13]
    return {"cpu seconds": sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"),
            "threads": int(re.search(r"Threads:\s+(\d+)", text)[1]),
            "resident": int(re.search(r"VmRSS:\s+(\d+)", text)[1]) // 1024,
            "files": len(os.listdir(process + "fd"))}


def soak(t):
    """Runs the load; hands back what it says of itself, and the server's usage twice a second meanwhile."""
    command = [sys.executable, load.__file__, str(t.port), str(CALLS), str(SECONDS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        seen = []
        while running.poll() is None:
            time.sleep(0.5)
            seen.append(usage(t))
        return json.load(running.stdout), seen


@case("5.2", "a thousand concurrent calls that wait all return the right result, and leave no thread behind",
      script=SCRIPT, original="differs: calls that wait at the same time fail")
def soak_of_waiting_calls(t):
    before = usage(t)
    done, seen = soak(t)
    sent = done["sent"]
    eq(done["wrong"], [], f"wrong responses among {sent}")
    ok(sent >= CALLS, f"only {sent} calls came to their end")
    eq(t.post_json({"event": "sum"}).status, 403, "status of the sum")
    total = t.emitted("sum")[0]
    eq((total["count"], total["stored"], total["inner"]), (sent, sent, True), "what the calls have left")
    t.observe("calls", sent)
    t.observe("before", before)
    t.observe("during", [seen[len(seen) * part // 4 - 1] for part in (1, 2, 3, 4)])
    t.wait(lambda: usage(t)["threads"] <= before["threads"] + FEW, "all threads but a few to end", 30)
    t.observe("afterwards", usage(t))
