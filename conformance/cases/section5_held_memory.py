"""Section 5.5: a call may allocate and drop any amount of memory, and ends when its live memory exceeds the limit."""

import re
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from blackbox.fixtures import error_text
from conform import case, eq, ok

# One function a line, so that the line in the log tells which one it was.
HONEST = """local base64, http, json = require "base64", require "http", require "json"
local honest = {}
function honest.short_strings() for i = 1, 3e6 do local s = "key " .. i end end
function honest.tables() for i = 1, 60 do local t = {} for k = 1, 5e4 do t[k] = {k} end end end
function honest.base64() local s = ("x"):rep(1e6) for i = 1, 30 do s = base64.decode(base64.encode(s)) end end
function honest.appends() local s = "" for i = 1, 1000 do s = s .. ("x"):rep(1000) end assert(#s == 1e6) end
function honest.json() local t = {} for i = 1, 6e4 do t[i] = {id = i, name = "a name, and then some more of it, " .. i, tags = {"a", "b"}} end local s = json.encode(t) assert(#s > 4e6) assert(json.encode(json.decode(s))) end
function honest.http() local body = ("x"):rep(10e6) for i = 1, 4 do assert(#http.post(os.getenv("ECHO"), {body = body}).body == #body) end end
"""
BOMBS = """local json, sleep, template = require "json", require "sleep", require "template"
local bombs = {}
function bombs.closures() local f for i = 1, math.huge do local g = f f = function() return g end end end
function bombs.short_strings() local t = {} for i = 1, math.huge do t[i] = i .. "x" end end
function bombs.coroutines() local c for i = 1, math.huge do local d = c c = coroutine.create(function() return d end) end end
function bombs.suspended() local t = {} for i = 1, math.huge do t[i] = coroutine.wrap(coroutine.yield) t[i]() end end
function bombs.tables() local t = {} while true do t = {t} end end
function bombs.floats() local t = {} for i = 1, math.huge do t[i] = i / 3 end end
function bombs.packs() local t = {} for i = 1, math.huge do t[i] = table.pack(i, i, i, i) end end
function bombs.appends() local t, s = {}, "" for i = 1, math.huge do s = s .. ("x"):rep(1000) t[i] = s end end
function bombs.doubling() local s = "x" while true do s = s .. s end end
function bombs.repetition() return ("x"):rep(1 << 30) end
function bombs.join() local t = {} local s = ("x"):rep(1e6) for i = 1, 1000 do t[i] = s end return table.concat(t) end
function bombs.waiting() local t = {} for i = 1, math.huge do t[i] = {} if i % 1e4 == 0 then sleep(0) end end end
function bombs.by_turns() local t = {} for i = 1, math.huge do t[i] = {i} if i % 2e4 == 0 then sleep(5) end end end
function bombs.slow_closures() local t = {} for i = 1, math.huge do t[i] = function() return i end if i % 2e3 == 0 then sleep(10) end end end
function bombs.in_coroutine() coroutine.wrap(function() local t = {} for i = 1, math.huge do t[i] = {} end end)() end
function bombs.in_metamethod() local t = setmetatable({}, {__index = function(t, k) t[k] = {} return t[k] end}) for i = 1, math.huge do local x = t[i] end end
function bombs.catching() local t = {} while true do pcall(function() while true do t[#t + 1] = {} end end) end end
function bombs.in_gsub() local t = {} ; (("x"):rep(1e6)):gsub(".", function() for i = 1, 100 do t[#t + 1] = {} end end) end
function bombs.in_sort() local t, l = {}, {} for i = 1, 1e5 do l[i] = i * 7919 % 100003 end table.sort(l, function(a, b) for i = 1, 10 do t[#t + 1] = {} end return a < b end) end
function bombs.in_template() return template.renderstring("{% for a in range(100000) %}{% for b in range(100000) %}{{ a }}{% endfor %}{% endfor %}") end
function bombs.in_json() return json.decode("[" .. ("[[[]]],"):rep(2e6) .. "1]") end
"""
PUBLISH = """
function publish(pub)
  local call = (bombs or honest)[pub.msg.event]
  if call then call() end
  return pub
end"""
STARTS = {"env": {"JAVA_OPTS": "-Xmx256m"}, "args": ["--script-timeout", "60s"]}
PATIENCE = 120


def lines(script):
    return {name: number for number, line in enumerate(script.splitlines(), 1)
            for name in re.findall(r"^function \w+\.(\w+)", line)}


def post(t, event):
    return t.post_json({"event": event, "data": "x"}, timeout=PATIENCE)


def stop(t):
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    eq(t.server.wait_exit(15), 0, "exit status")


class Echo(BaseHTTPRequestHandler):
    """Responds with the body of the request, and leaves it to the client to close the connection."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def runs(name):
    def run(t):
        with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as echo:
            threading.Thread(target=echo.serve_forever, daemon=True).start()
            t.start(STARTS["args"], script=HONEST + PUBLISH.replace("bombs or ", ""),
                    env={**STARTS["env"], "ECHO": f"http://127.0.0.1:{echo.server_port}/"})
            for _ in range(2):
                eq(post(t, name).status, 202, "status")
            echo.shutdown()

    run.__name__ = f"honest_{name}"
    case("5.5", f"a call that drops what it has taken is not ended: {name}", start=False)(run)


def ends(name, line):
    def run(t):
        response = post(t, name)
        eq(response.status, 500, "status")
        error_text(response)
        t.log(rf"ERROR tinysse: publish hook failed: \S*hooks\.lua:{line}: not enough memory")
        t.publish("well")
        stop(t)

    run.__name__ = f"bomb_{name}"
    case("5.5", f"a call above its memory limit ends with an error, and the server still serves: {name}",
         script=BOMBS + PUBLISH.replace(" or honest", ""), original="differs: takes what there is", **STARTS)(run)


for name in lines(HONEST):
    runs(name)
for name, line in lines(BOMBS).items():
    ends(name, line)


TOGETHER = """
function publish(pub)
  if bombs[pub.msg.event] then bombs[pub.msg.event]() end
  local held = {}
  for i = 1, 1000 do held[i] = {i} end
  sleep(10)
  assert(#held == 1000)
  return pub
end"""


CALLS = {"twenty": 20, "hundred": 100}


def bombs_beside_an_honest_call(calls, name, heap):
    def run(t):
        bombs, honest, over = [], [], threading.Event()

        def serve():
            while not over.is_set():
                honest.append(post(t, "honest").status)

        threads = [threading.Thread(target=lambda: bombs.append(post(t, name).status)) for _ in range(CALLS[calls])]
        beside = threading.Thread(target=serve)
        for thread in (beside, *threads):
            thread.start()
        for thread in threads:
            thread.join()
        over.set()
        beside.join()
        eq(bombs, [500] * CALLS[calls], "statuses of the bombs")
        eq(set(honest), {202}, "statuses of the honest calls")
        stop(t)

    run.__name__ = f"{calls}_bombs_{name}_{heap}"
    case("5.5", f"{calls} calls at once that hold too much end, and an honest one beside them does not: {name}, {heap}",
         script=BOMBS + TOGETHER, args=STARTS["args"], env={"JAVA_OPTS": f"-Xmx{heap}"},
         original="differs: takes what there is")(run)


for calls, name, heap in (("twenty", "closures", "256m"), ("twenty", "waiting", "128m"), ("twenty", "by_turns", "256m"),
                          ("hundred", "slow_closures", "256m")):
    bombs_beside_an_honest_call(calls, name, heap)


@case("5.5", "calls that wait with much in their hands do not fill the heap together",
      script="""local sleep = require "sleep"
function publish(pub)
  local t = {}
  if pub.msg.event then
    for i = 1, 6e5 do t[i] = {i} end
    sleep(3000)
  end
  return #t and pub
end""", original="differs: takes what there is", **STARTS)
def waiting_together(t):
    statuses = []
    threads = [threading.Thread(target=lambda: statuses.append(post(t, "hold").status)) for _ in range(20)]
    for thread in threads:
        thread.start()
    eq(t.post_json({"data": "meanwhile"}, timeout=PATIENCE).status, 202, "status of one that holds nothing")
    for thread in threads:
        thread.join()
    ok(set(statuses) <= {202, 500}, f"statuses {statuses}")
    ok(202 in statuses, "not one of them went through")
    t.publish("well")
    stop(t)
