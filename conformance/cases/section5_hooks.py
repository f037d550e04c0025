"""Section 5: when each hook runs and what its result does."""

import re
import time

from blackbox.fixtures import error_text
from conform import EMIT, case, eq, lacks, matches, ok


@case("5", "a script that defines no function changes nothing", script="local x = 1")
def script_without_hooks(t):
    stream = t.sub()
    eq(t.publish("x")["subscribers"], 1, "subscribers")
    stream.expect("data: x")

TRACE = EMIT + """
function startup(cli) emit("startup") end
function publish(pub) emit("publish") return pub end
function subscribe(sub) emit("subscribe") return sub end
function catchup(sub, id) emit("catchup") end
function message(pub, sub) emit("message") return pub end
function timeout(sub, ms) emit("timeout") end
function unsubscribe(sub) emit("unsubscribe") end
"""


@case("5", "the hooks run in order: startup, subscribe, catchup, publish, message, unsubscribe", script=TRACE)
def hook_order(t):
    stream = t.sub()
    t.publish("x")
    stream.expect("data: x")
    stream.leave()
    t.emitted("unsubscribe")
    eq([call["kind"] for call in t.emitted_now()],
       ["startup", "subscribe", "catchup", "publish", "message", "unsubscribe"], "calls")


@case("5", "startup runs once, before the first request is served", script=EMIT + """
local sleep = require "sleep"
function startup(cli) emit("begin") sleep(400) emit("end") end
function subscribe(sub) emit("subscribe") return sub end
""")
def startup_first(t):
    streams = [t.sub(), t.sub()]
    ok(all(not s.ended for s in streams), "a stream ended")
    t.emitted("subscribe", 2)
    eq([call["kind"] for call in t.emitted_now()], ["begin", "end", "subscribe", "subscribe"], "calls")


@case("5", "an error in startup ends the program with status 1 and a line with file and line number", start=False)
def startup_error(t):
    server, status = t.run_to_exit(["--script", t.write("s.lua", "function startup(cli)\n  error('no way')\nend\n")])
    eq(status, 1, "exit status")
    matches(r"s\.lua\"?\]?:2: no way", "\n".join(server.output()), "output")


@case("5", "tick runs every --script-tick and counts from 1", args=["--script-tick", "100ms"],
      script=EMIT + "function tick(count) emit('tick', {count = count}) end")
def tick_counts(t):
    begun = time.monotonic()
    eq([call["count"] for call in t.emitted("tick", 6)[:6]], [1, 2, 3, 4, 5, 6], "counts")
    ok(time.monotonic() - begun >= 0.2, "the ticks came faster than the interval allows")


@case("5", "an error in tick is logged and the ticks continue", args=["--script-tick", "100ms"],
      script=EMIT + "function tick(count)\n  emit('tick', {count = count})\n"
      "  if count == 2 then error('tick broke') end\nend")
def tick_error(t):
    t.emitted("tick", 4)
    t.log(r"hooks\.lua\"?\]?:3: tick broke")


@case("5", "publish may change every field of the message", script="""
function publish(pub)
  pub.msg = {id = "new", event = "changed", data = pub.msg.data .. "!\\nline two", comment = {"c1", "c2"}}
  return pub
end""")
def publish_hook_changes(t):
    stream = t.sub()
    t.publish("x", id="old", comment=["old"])
    stream.expect("id: new\nevent: changed\ndata: x!\ndata: line two\n: c1\n: c2")


@case("5", "publish returning nil is a 403 with that JSON body, and nothing is delivered", script="""
function publish(pub)
  if pub.msg.data == "explicit" then return nil end
  if pub.msg.data ~= "silent" then return pub end
end""")
def publish_hook_rejects(t):
    stream = t.sub()
    for text in ("explicit", "silent"):
        response = t.post_json({"data": text})
        eq(response.status, 403, f"status of {text}")
        eq(response.get("content-type"), "application/json", "content type")
        eq(response.body, b'{"error":"message rejected by script"}', "body")
    t.publish("end")
    stream.expect("data: end")

FAILING_PUBLISH = """function publish(pub)
  if pub.msg.data == 'bad' then error('secret detail') end
  return pub
end
"""


@case("5", "an error in publish is a 500 with a JSON error, logged with file and line; the next message is fine",
      script=FAILING_PUBLISH)
def publish_hook_error(t):
    stream = t.sub()
    response = t.post_json({"data": "bad"})
    eq(response.status, 500, "status")
    error_text(response)
    t.log(r"hooks\.lua\"?\]?:2: secret detail")
    t.publish("good")
    stream.expect("data: good")


@case("2", "a hook's error shows the client no internals", script=FAILING_PUBLISH,
      original="differs: sends message, path and traceback")
def publish_hook_error_is_private(t):
    lacks(r"secret detail|hooks\.lua|traceback|\[C\]|\[string|/\w+/", error_text(t.post_json({"data": "bad"})), "error")


@case("5", "print writes its arguments, with tabs between, to standard output", script="""
print("at load", 1, nil, true)
function publish(pub) print("in publish", pub.msg.data) return pub end""")
def print_goes_to_stdout(t):
    t.publish("ü")
    t.log(r"^in publish\tü$")
    lines = t.server.output("out")
    ok("at load\t1\tnil\ttrue" in lines and "in publish\tü" in lines, f"not on standard output: {lines}")


@case("5", "--watch-script loads a changed script without closing a stream, and keeps the old one when the new is broken",
      args=["--watch-script"], script="""
function message(pub, sub) pub.msg.data = "old " .. pub.msg.data return pub end
""", original="differs: has no --watch-script")
def watch_script(t):
    stream = t.sub()
    t.publish("1")
    stream.expect("data: old 1")
    t.write("hooks.lua", "function message(")
    t.log(r"ERROR .*not reloaded.*hooks\.lua")
    t.publish("2")
    stream.expect("data: old 2")
    t.write("hooks.lua", 'function message(pub, sub) pub.msg.data = "new " .. pub.msg.data return pub end')
    t.log(r"INFO .*Reloaded .*hooks\.lua")
    t.publish("3")
    stream.expect("data: new 3")


@case("5.3", "a line that a script logs shows that it is the script's", original="differs: names no one", script="""
local log = require "log"
function publish(pub) log.info("Started\ttinysse/9") return pub end""")
def script_log_lines(t):
    t.publish("x")
    t.log(r"^\S+Z  INFO script: Started\\ttinysse/9$")


@case("5.3", "the package tinysse tells the time in milliseconds and the server's version", original="differs: has no such package",
      script=EMIT + """
local tinysse = require "tinysse"
function publish(pub) emit("told", {now = tinysse.now(), seconds = os.time(), version = tinysse.version}) return pub end""")
def tinysse_package(t):
    t.publish("x")
    told = t.emitted("told")[0]
    ok(abs(told["now"] / 1000 - told["seconds"]) < 10, f"not the time: {told}")
    t.log(f"Started tinysse/{re.escape(told['version'])}$")


@case("5.1", "a result of the wrong type is logged as what it is", original="differs: logs nothing", script="""
function publish(pub) return 5 end
function timeout(sub, elapsed) return "soon" end""", args=["--timeout", "200ms"])
def wrong_results_named(t):
    t.sub()
    eq(t.post_json({"data": "x"}).status, 500, "status")
    t.log(r"ERROR tinysse: publish hook failed: \S*hooks\.lua:2: publish returned a number, expected a table or nil$")
    t.log(r"ERROR tinysse: timeout hook failed: \S*hooks\.lua:3: timeout returned a string, "
          r"expected a number of milliseconds or nil$")
