"""Section 9: flags, and backends that are unreachable or unusable when a node starts."""

import re

from blackbox.channels import OURS, data, last_event_id
from blackbox.cluster import Engine, Node, Proxy
from conform import case, eq, lacks, matches, ok


def usage(t, args, *words, env=None):
    """The one line of a start that fails with status 2."""
    server, status = t.run_to_exit(args, env=env)
    eq(status, 2, f"status of {args}")
    lines = server.output()
    eq(len(lines), 1, f"lines ({lines})")
    for word in words:
        ok(word in lines[0], f"{lines[0]!r} does not name {word!r}")
    lacks("s3cret", lines[0], "line")
    return lines[0]


@case("9", "a bad URL is status 2 and one line, without the password", start=False, original=OURS)
def bad_urls(t):
    for url in ("foo://user:s3cret@h:1", "redis://", "redis://:s3cret@h:port", "redis://:s3cret@h:0", "redis://h:70000",
                "redis://h:1/x", "redis://a:1,b:2", "redis-sentinel://:s3cret@h:1", "redis-sentinel://h:1/",
                "user:s3cret@h", "redis://h:1?x=1", "redis://h h", "redis-sentinel://h:1/m/x", "redis://h/1/2", ""):
        usage(t, ["--cluster", url], "cluster")
    usage(t, [], "TINYSSE_CLUSTER", env={"TINYSSE_CLUSTER": "bar://:s3cret@h"})


@case("9", "bad values of the other flags, and --data-dir beside --cluster, are status 2", start=False, original=OURS)
def bad_flags(t):
    cluster = ["--cluster", "redis://:s3cret@127.0.0.1:1"]
    for flag, value in (("--cluster-timeout", "0s"), ("--cluster-timeout", "x"), ("--cluster-ack", "all"),
                        ("--cluster-name", "a{b}"), ("--cluster-name", ""), ("--node-name", "a b")):
        usage(t, [*cluster, flag, value], flag[2:], value)
    usage(t, [*cluster, "--history", "5", "--data-dir", "data"], "data-dir", "cluster")


@case("9", "an unreachable backend at start: WARN, not ready, and the node joins once it is reachable", start=False,
      original=OURS)
def engine_comes_later(t):
    redis = Engine(t)
    first = Node(t, redis.url, "--history", "10")
    old = first.publish("1")["id"]
    first.publish("2")
    redis.call("SAVE")
    redis.stop()
    node = Node.__new__(Node)
    node.t, node.args, node.options, node.port = t, ["--cluster", redis.url, "--history", "10"], {}, None
    node.start(wait_well=False)
    node.log("WARN.*backend")
    eq(node.health(), (503, "disconnected"), "health")
    response = node.post({"data": "x"})
    eq((response.status, response.json()), (503, {"error": "not connected to the cluster"}), "publish")
    ok(response.get("retry-after"), "Retry-After")
    live, back = node.sub(), node.sub(headers=last_event_id(old))
    redis.start()
    node.wait_health("ok", 10)
    eq(data(back, 1), ["2"], "replay once the backend is reachable")
    t.wait(lambda: first.post({"data": "3"}).status == 202, "the other node is back", 10)
    eq([data(stream, 1) for stream in (live, back)], [["3"], ["3"]], "live")


@case("9", "refused logins are said at ERROR, the password is never shown, and the right one works", start=False,
      original=OURS)
def logins(t):
    redis = Engine(t, "--requirepass", "right-s3cret")
    for url in (f"redis://127.0.0.1:{redis.port}", f"redis://:wrong-s3cret@127.0.0.1:{redis.port}"):
        server = t.start(["--cluster", url, "--log-level", "DEBUG"])
        server.wait_line("ERROR.*backend", 10)
        eq(t.get("/healthz").status, 503, "health")
        for line in server.output():
            lacks("s3cret", line, "log")
    node = Node(t, f"redis://:right-s3cret@127.0.0.1:{redis.port}", "--log-level", "TRACE")
    node.publish("x")
    for line in node.server.output():
        lacks("s3cret", line, "log")
    variable = t.start(env={"TINYSSE_CLUSTER": f"redis://default:right-s3cret@127.0.0.1:{redis.port}/2"})
    t.wait(lambda: t.get("/healthz").status == 200, "health with the variable")
    eq(variable.running(), True, "running")


@case("9", "one that may evict keys is said at WARN", start=False, original=OURS)
def evicting(t):
    redis = Engine(t, "--maxmemory-policy", "allkeys-lru")
    Node(t, redis.url).log("WARN.*maxmemory-policy.*allkeys-lru")


@case("9", "eviction that is switched on later is said, too", start=False, original=OURS)
def evicting_later(t):
    redis = Engine(t)
    node = Node(t, redis.url)
    redis.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
    node.log("WARN.*maxmemory-policy.*allkeys-lru", timeout=20)


@case("9", "one that is too old is said at ERROR, and not used", start=False, original=OURS)
def too_old(t):
    redis = Engine(t)
    proxy = Proxy(t, redis)
    proxy.rewrite = lambda data: re.sub(rb"redis_version:\d\.\d", b"redis_version:5.0", data)
    server = t.start(["--cluster", proxy.url])
    line = server.wait_line("ERROR.*backend", 10)[0]
    matches(r"5\.0\.\d+.*6\.2", line, "line")
    eq(t.get("/healthz").status, 503, "health")
