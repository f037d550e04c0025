"""Section 5.2: calls that wait: side by side, without limit, and when the server stops."""

import signal
import socket
import time

from conform import EMIT, case, eq, ok

DRAIN = 2

FOR_EVER = """
local sleep, http, lock = require "sleep", require "http", require "mutex"()
local ways = {}
function ways.sleep() sleep(1e12) end
function ways.longest_sleep() sleep(math.huge) end
function ways.coroutine() coroutine.wrap(sleep)(1e12) end
function ways.mutex() lock(function() sleep(1e12) end) end
function ways.http() http.get("http://127.0.0.1:@DEAF@/") end
function ways.read() io.popen("exec sleep 1000"):read("a") end
function ways.execute() os.execute("exec sleep 1000") end
"""
WAYS = ("sleep", "longest_sleep", "coroutine", "mutex", "http", "read", "execute")
LIMITS = ["--drain-timeout", f"{DRAIN}s", "--script-timeout", "200ms"]


def post(t, body):
    """Publishes without waiting for the response."""
    connection = t.connect()
    connection.send(b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                    % (len(body), body))
    return connection


def stop(t):
    """The server ends with status 0 when its time to drain is over, whatever its hooks are doing."""
    t.may_exit = True
    begun = time.monotonic()
    t.server.signal(signal.SIGTERM)
    eq(t.server.process.wait(30), 0, "exit status")
    took = time.monotonic() - begun
    ok(took < DRAIN + 4, f"the stop took {took:.1f} s")


@case("5.2", "calls that wait without limit, in whatever way, keep nobody waiting, also when their clients have gone",
      start=False, original="differs: the second call that sleeps fails")
def waiting_for_ever(t):
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        script = FOR_EVER.replace("@DEAF@", str(deaf.getsockname()[1]))
        t.start(LIMITS, script=script + 'function publish(pub) (ways[pub.msg.data] or type)(pub) return pub end')
        stream = t.sub()
        waiting = [post(t, b'{"data": "%s"}' % way.encode()) for way in WAYS for _ in range(6)]
        for i in range(10):
            t.publish(f"m{i}")
            stream.expect(f"data: m{i}")
        for connection in waiting[::2]:
            connection.close("rst")
        t.publish("still here")
        stream.expect("data: still here")
        stop(t)


@case("5.2", "a hook that waits without limit, whichever it is, keeps no other stream waiting, and the server can stop",
      args=[*LIMITS, "--timeout", "1500ms"], script=EMIT + """
local sleep = require "sleep"
local function wait(hook, sub) if sub.req.query == hook then emit("waits", {hook = hook}) sleep(1e12) end end
function tick() emit("waits", {hook = "tick"}) sleep(1e12) end
function subscribe(sub) wait("subscribe", sub) return sub end
function catchup(sub) wait("catchup", sub) end
function message(pub, sub) wait("message", sub) return pub end
function timeout(sub) wait("timeout", sub) end
function unsubscribe(sub) wait("unsubscribe", sub) end""")
def each_hook_waiting_for_ever(t):
    t.sub("/sse?unsubscribe").leave()
    for query in ("subscribe", "catchup", "message", "timeout"):
        t.connect().send(b"GET /sse?%s HTTP/1.1\r\nHost: x\r\n\r\n" % query.encode())
    t.emitted("waits", 3)
    stream = t.sub()
    t.publish("x")
    stream.expect("data: x")
    eq({call["hook"] for call in t.emitted("waits", 6)},
       {"tick", "subscribe", "catchup", "message", "timeout", "unsubscribe"}, "hooks that wait")
    stream.to_end()
    stream = t.sub()
    t.publish("y")
    stream.expect("data: y")
    stop(t)


@case("5.2", "a client may leave while its message call waits without limit, and unsubscribe is called",
      script=EMIT + """
function message(pub, sub) emit("waits") require "sleep"(1e12) end
function unsubscribe(sub) emit("gone") end""")
def leaving_while_message_waits(t):
    stream = t.sub()
    t.publish("x")
    t.emitted("waits")
    stream.leave()
    t.emitted("gone")


@case("5.5", "hooks that never end while there is no limit do not keep the server from stopping", start=False,
      original="differs: the loop blocks every hook")
def stopping_in_a_loop(t):
    t.start(["--drain-timeout", f"{DRAIN}s", "--script-timeout", "0s"], script=EMIT + """
        function publish(pub) emit("loops") while true do end end
        function unsubscribe(sub) emit("gone") end""")
    t.sub()
    post(t, b'{"data": "x"}')
    post(t, b'{"data": "y"}')
    t.emitted("loops")
    stop(t)


@case("5.2", "200 message calls that each sleep 50 ms take about 50 ms together",
      original="differs: a second sleep at the same time is an error", script="""
local sleep = require "sleep"
function message(pub, sub) sleep(50) return pub end""")
def sleeping_messages_overlap(t):
    streams = [t.sub() for _ in range(200)]
    t.publish("warm")
    for stream in streams:
        stream.expect("data: warm")
    begun = time.monotonic()
    t.publish("x")
    for stream in streams:
        stream.expect("data: x")
    took = time.monotonic() - begun
    ok(took >= 0.05, f"took {took:.3f} s, less than a single call")
    ok(took < 3, f"took {took:.1f} s, and 10 s one after the other")
