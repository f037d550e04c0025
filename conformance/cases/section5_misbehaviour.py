"""Section 5.5: scripts that misbehave, in each hook: that call ends with an error, and everybody else is served."""

import re
import signal

from blackbox.fixtures import error_text
from conform import Fail, case, eq, matches, ok

# The mistakes of a call: a function a line, so that the line in the log tells which one it was.
WRONGS = """local wrongs = {}
function wrongs.loop() while true do end end
function wrongs.loop_in_coroutine() coroutine.wrap(function() while true do end end)() end
function wrongs.loop_that_catches() while true do pcall(function() while true do end end) end end
function wrongs.recursion() local function down() return 1 + down() end return down() end
function wrongs.recursion_in_coroutine() coroutine.wrap(function() local function f() return 1 + f() end f() end)() end
function wrongs.string_bomb() local s = "x" while true do s = s .. s end end
function wrongs.table_bomb() local t = {} while true do t[#t + 1] = {} end end
function wrongs.pattern() return ("a"):rep(30000):find(("a*"):rep(40) .. "b") end
function wrongs.sorting() table.sort({3, 2, 1, 5, 4}, function() while true do end end) end
function wrongs.error_table() error({code = 1}) end
function wrongs.error_nil() error() end
function wrongs.error_that_loops() error(setmetatable({}, {__tostring = function() while true do end end})) end
function wrongs.error_handler() while true do xpcall(error, function() while true do end end) end end
function wrongs.exit() os.exit(3) end
local function go(name) if wrongs[name] then return wrongs[name]() end end
"""
LINES = {name: number for number, line in enumerate(WRONGS.splitlines(), 1)
         for name in re.findall(r"^function wrongs\.(\w+)", line)}
LIMITS = ["--script-timeout", "250ms", "--startup-timeout", "1s", "--script-memory", "16MB"]


def misbehaving(hook, script, *args):
    """Registers a case: `provoke(t, name)` makes the hook misbehave in each way, one after the other, on one server."""

    def register(provoke):
        def run(t):
            for name, line in LINES.items():
                try:
                    provoke(t, name)
                    t.log(rf"ERROR tinysse: {hook} hook failed: \S*hooks\.lua:{line}: ")
                    stream = t.sub()
                    t.publish("well")
                    stream.expect("data: well")
                    stream.leave()
                except Fail as failure:
                    raise Fail(f"{name}: {failure}") from None
            stop(t)

        run.__name__ = f"misbehaving_{hook}"
        case("5.5", f"whatever {hook} does wrong, that call ends, the log names the line, and the others are served",
             args=[*LIMITS, *args], script=WRONGS + script,
             original="differs: endless loops never end, and os.exit ends the server")(run)
        return provoke

    return register


def stop(t):
    """The server ends as it should when it is asked to."""
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    eq(t.server.wait_exit(15), 0, "exit status")


@misbehaving("tick", """
function publish(pub)
  if pub.msg.event == "wrong" then todo = pub.msg.data return nil end
  return pub
end
function tick() local name = todo todo = nil go(name) end""", "--script-tick", "20ms")
def tick(t, name):
    eq(t.post_json({"event": "wrong", "data": name}).status, 403, "status")


@misbehaving("publish", 'function publish(pub) go(pub.msg.data) return pub end')
def publish(t, name):
    response = t.post_json({"data": name})
    eq(response.status, 500, "status")
    error_text(response)


@misbehaving("subscribe", "function subscribe(sub) go(sub.req.query) return sub end")
def subscribe(t, name):
    response = t.get("/sse?" + name)
    eq(response.status, 500, "status")
    error_text(response)


@misbehaving("catchup", "function catchup(sub) go(sub.req.query) end")
def catchup(t, name):
    stream = t.sub("/sse?" + name)
    t.publish("live")
    stream.expect("data: live")
    stream.leave()


@misbehaving("message", """
function message(pub, sub)
  if pub.msg.event == "wrong" then go(sub.req.query) end
  return pub
end""")
def message(t, name):
    before, wrong, behind = streams = [t.sub("/sse?" + query) for query in ("before", name, "behind")]
    t.publish("x", event="wrong")
    t.publish("y")
    before.expect("event: wrong\ndata: x", "data: y")
    wrong.expect("data: y")
    behind.expect("event: wrong\ndata: x", "data: y")
    for stream in streams:
        stream.leave()


@misbehaving("timeout", """
function timeout(sub) go(sub.req.query) end""", "--timeout", "600ms", "--timeout-retry", "7s")
def timeout(t, name):
    stream = t.sub("/sse?" + name)
    eq(stream.to_end(), ": timeout\nretry: 7000\n\n", "end of the stream")
    ok(stream.clean, "the body was cut off instead of ended")


@misbehaving("unsubscribe", "function unsubscribe(sub) go(sub.req.query) end")
def unsubscribe(t, name):
    t.sub("/sse?" + name).leave()


WRONG_RESULTS = """
function publish(pub) if pub.msg.event then return true end return pub end
function subscribe(sub) if sub.req.query == "subscribe" then return "sub" end return sub end
function catchup(sub) if sub.req.query == "catchup" then return 42 end end
function message(pub, sub) if sub.req.query == "message" then return {msg = pub.msg.data} end return pub end
function timeout(sub) if sub.req.query == "timeout" then return {} end end
function startup() return {} end
function tick() return print end
function unsubscribe() return -1 end
"""


@case("5", "a result of the wrong type is a 500, no catch-up, no delivery or no retry of the script's, and is logged",
      args=["--timeout", "700ms", "--timeout-retry", "7s"], script=WRONG_RESULTS,
      original="differs: delivers what message returns as it was, logs some only")
def wrong_results(t):
    eq(t.post_json({"data": "x", "event": "publish"}).status, 500, "status of the publish")
    eq(t.get("/sse?subscribe").status, 500, "status of the subscribe")
    streams = {name: t.sub("/sse?" + name) for name in ("catchup", "message", "timeout", "none")}
    t.publish("x")
    for name, stream in streams.items():
        delivered = "" if name == "message" else "data: x\n\n"
        eq(stream.to_end(), delivered + ": timeout\nretry: 7000\n\n", f"stream of {name}")
    for line, hook in enumerate(("publish", "subscribe", "catchup", "message", "timeout"), 2):
        t.log(rf"hooks\.lua:{line}: {hook}\b")
    stop(t)


@case("5.5", "an error is logged in full once, and then with its count",
      script='function message(pub) error("broken") end')
def errors_are_counted(t):
    stream = t.sub()
    for _ in range(500):
        t.publish("x")
    t.wait(lambda: t.publish("x")["queued"] == 1, "all messages to be taken")
    stop(t)
    lines = [line for line in t.server.output() if re.search(r"hooks\.lua:1: broken", line)]
    eq(stream.to_end()[:5], "retry", "what the stream got")
    counts = [int(found) for line in lines for found in re.findall(r"\((\d+) more times\)", line)]
    eq(len(lines), 1 + len(counts), "lines without a count, and those with one")
    ok(len(counts) <= 10, f"{len(counts)} lines of counts")
    ok(sum(counts) >= 500, f"{sum(counts)} of at least 500 counted")


STARTS = {"top_level": "go(%r)", "startup": "function startup() go(%r) end"}


def refuses_to_start(where, statement):
    def run(t):
        for name in ("loop_that_catches", "recursion", "string_bomb", "table_bomb", "error_table"):
            server, status = t.run_to_exit(LIMITS, script=WRONGS + statement % name)
            eq(status, 1, f"exit status after {name}")
            matches(rf"ERROR tinysse: \S*hooks\.lua:{LINES[name]}: ", "\n".join(server.output()), f"output of {name}")

    run.__name__ = f"misbehaving_{where}"
    case("5.5", f"whatever the {where} does wrong, the program ends with status 1 and names the line", start=False,
         original="differs: endless loops never end")(run)


for where, statement in STARTS.items():
    refuses_to_start(where, statement)
