"""Section 5.2: a thousand calls at a time that wait inside, in all ways at once, for as long as SOAK_SECONDS says."""

import asyncio
import os
import re
import resource
import time

from conform import EMIT, case, eq, ok

SECONDS = float(os.environ.get("SOAK_SECONDS", "4"))
CALLS = 1000
FEW = 20  # threads that the JVM may have made for itself

# Each call checks what comes back to it after every wait; `/sse` with the event "inner" is the call to its own server.
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
  local answer = http.post("http://127.0.0.1:@PORT@/sse",
    {headers = {["content-type"] = "application/json"}, body = json.encode {event = "inner", data = token}})
  assert(answer.status == 403 and inner[token], "the call to its own server went wrong")
  inner[token] = nil
  lock(function() local before = count sleep(0) count = before + 1 end)
  db:exec("insert into calls values (?)", {token})
  assert(db:query("select token from calls where token = ?", {token})[1].token == token, "not stored")
  assert(waits_in_a_coroutine(token) == token, "another call's result")
  assert(pub.msg.data == token and pub.req.headers["x-token"] == token, "another call's message")
  return nil
end
"""


class Load:
    """CALLS clients, each of which sends its next message when the last one has been answered."""

    def __init__(self, port):
        self.port, self.sent, self.wrong, self.end = port, 0, [], 0.0

    async def run(self, seconds):
        self.end = time.monotonic() + seconds
        await asyncio.gather(*(self._client() for _ in range(CALLS)))

    async def _client(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while time.monotonic() < self.end:
            self.sent += 1
            token = str(self.sent).encode()
            body = b'{"data": "%s"}' % token
            writer.write(b"POST /sse HTTP/1.1\r\nHost: x\r\nX-Token: %s\r\nContent-Type: application/json\r\n"
                         b"Content-Length: %d\r\n\r\n%s" % (token, len(body), body))
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(re.search(rb"(?i)content-length: (\d+)", head)[1]))
            if head.split()[1] != b"403":
                self.wrong.append(head.split(b"\r\n")[0])
        writer.close()


def usage(t):
    """What the server has taken of the machine; resident memory is in MB."""
    process = f"/proc/{t.server.pid}/"
    with open(process + "status") as status, open(process + "stat") as stat:
        text, ticks = status.read(), stat.read().rsplit(")", 1)[1].split()[11:13]
    return {"cpu seconds": sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"),
            "threads": int(re.search(r"Threads:\s+(\d+)", text)[1]),
            "resident": int(re.search(r"VmRSS:\s+(\d+)", text)[1]) // 1024,
            "files": len(os.listdir(process + "fd"))}


async def soak(t, load):
    """Usage twice a second while the load runs."""
    seen, run = [], asyncio.create_task(load.run(SECONDS))
    while not run.done():
        await asyncio.sleep(0.5)
        seen.append(usage(t))
    await run
    return seen


@case("5.2", "a thousand calls at a time that wait inside all come back right, and leave no thread behind",
      script=SCRIPT, original="differs: calls that wait at the same time fail")
def soak_of_waiting_calls(t):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    before, load = usage(t), Load(t.port)
    seen = asyncio.run(soak(t, load))
    eq(load.wrong[:3], [], f"wrong answers among {load.sent}")
    ok(load.sent >= CALLS, f"only {load.sent} calls came to their end")
    eq(t.post_json({"event": "sum"}).status, 403, "status of the sum")
    total = t.emitted("sum")[0]
    eq((total["count"], total["stored"], total["inner"]), (load.sent, load.sent, True), "what the calls have left")
    t.observe("calls", load.sent)
    t.observe("before", before)
    t.observe("during", [seen[len(seen) * part // 4 - 1] for part in (1, 2, 3, 4)])
    t.wait(lambda: usage(t)["threads"] <= before["threads"] + FEW, "all threads but a few to end", 30)
    t.observe("afterwards", usage(t))
