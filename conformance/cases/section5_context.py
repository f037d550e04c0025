"""Sections 5.2 to 5.6: one state for many callers, limits, sandbox."""

import threading
import time

from blackbox.fixtures import GATE, error_text, release
from conform import EMIT, case, eq, ok


@case("5.2", "globals are shared by all calls", script="""
seen = {}
function publish(pub) seen[#seen + 1] = pub.msg.data return pub end
function subscribe(sub) seen[#seen + 1] = "s" return sub end
function catchup(sub, id) return {{data = table.concat(seen, ",")}} end""")
def globals_are_shared(t):
    t.publish("a")
    t.publish("b")
    t.sub().expect("data: a,b,s")
    t.sub().expect("data: a,b,s,s")


@case("5.2", "a call that sleeps in message delays neither other streams nor publishers", args=["--capacity", "64"],
      script=GATE)
def sleeping_message(t):
    held, free = t.sub("/sse?hold"), t.sub()
    for i in range(5):
        eq(t.publish(f"m{i}")["subscribers"], 2, "subscribers")
        free.expect(f"data: m{i}")
    t.emitted("waiting")
    t.sub().leave()
    eq(len(t.emitted_now("waiting")), 1, "calls for the stream that waits")
    release(t)
    held.expect(*[f"data: m{i}" for i in range(5)])


@case("5.2", "a subscribe hook may POST to its own server, and both finish", script=EMIT + """
local http = require "http"
function publish(pub) emit("publish", {data = pub.msg.data}) return pub end
function subscribe(sub)
  local response = http.post("http://127.0.0.1:@PORT@/sse",
    {headers = {["content-type"] = "application/json"}, body = '{"data":"' .. sub.req.query .. ' is coming"}'})
  emit("subscribe", {status = response.status, body = response.body})
  return sub
end""")
def subscribe_posts_to_itself(t):
    first = t.sub("/sse?anna")
    t.sub("/sse?bob")
    first.expect("data: bob is coming")
    eq([c["data"] for c in t.emitted("publish", 2)], ["anna is coming", "bob is coming"], "publish calls")
    eq([c["status"] for c in t.emitted("subscribe", 2)], [202, 202], "responses to the hook")


@case("5.2", "calls that wait run side by side: 20 publishes that sleep 300 ms each do not take 6 s",
      original="differs: a second sleep at the same time is an error", script="""
local sleep = require "sleep"
function publish(pub) sleep(300) return pub end""")
def waiting_calls_overlap(t):
    statuses = []
    begun = time.monotonic()
    threads = [threading.Thread(target=lambda: statuses.append(t.post_json({"data": "x"}).status)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    took = time.monotonic() - begun
    eq(statuses, [202] * 20, "statuses")
    ok(took < 4, f"took {took:.1f} s")


@case("5.5", "endless recursion ends that call with an error, and the server still serves", script="""
function publish(pub)
  local function down(n) return 1 + down(n + 1) end
  if pub.msg.data == "deep" then down(1) end
  return pub
end""")
def endless_recursion(t):
    stream = t.sub()
    response = t.post_json({"data": "deep"})
    eq(response.status, 500, "status")
    error_text(response)
    t.publish("fine")
    stream.expect("data: fine")


@case("5.5", "an endless loop ends that call with an error, and the others continue",
      original="differs: the loop never ends and blocks every hook", script="""
function publish(pub)
  while pub.msg.data == "loop" do end
  return pub
end""")
def endless_loop(t):
    stream = t.sub()
    response = t.post_json({"data": "loop"}, timeout=3 if t.is_original else 40)
    eq(response.status, 500, "status")
    error_text(response)
    t.publish("fine")
    stream.expect("data: fine")


@case("5.6", "a script has the safe libraries and no way to Java", script=EMIT + """
local there = {}
for _, name in ipairs {"string", "table", "math", "coroutine", "os", "io"} do there[#there + 1] = type(_G[name]) end
local reached = {}
for _, name in ipairs {"luajava", "java", "java.lang.System", "org.luaj.vm2.lib.jse.LuajavaLib"} do
  if _G[name] ~= nil or pcall(require, name) then reached[#reached + 1] = name end
end
emit("seen", {there = table.concat(there, " "), reached = table.concat(reached, " ")})""")
def sandbox(t):
    call = t.emitted("seen")[0]
    eq(call["there"], " ".join(["table"] * 6), "libraries")
    eq(call["reached"], "", "reached")


@case("5.6", "require finds Lua files on LUA_PATH", start=False)
def require_on_lua_path(t):
    t.write("lib/helper.lua", "return {text = 'helped'}")
    t.start(script="local h = require 'helper'\nfunction publish(pub) pub.msg.data = h.text return pub end",
            env={"LUA_PATH": t.path("lib") + "/?.lua;;"})
    stream = t.sub()
    t.publish("x")
    stream.expect("data: helped")


@case("5.6", "require finds Lua files beside the script", start=False,
      original="differs: looks in the working directory")
def require_beside_script(t):
    t.write("scripts/helper.lua", "return {text = 'helped'}")
    t.write("scripts/main.lua",
            "local h = require 'helper'\nfunction publish(pub) pub.msg.data = h.text return pub end")
    t.start(["--script", t.path("scripts/main.lua")])
    stream = t.sub()
    t.publish("x")
    stream.expect("data: helped")
