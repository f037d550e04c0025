"""Section 9: addresses of backends, logins, TLS, nodes of a Redis Cluster, and a stop while the backend does not respond."""

import os
import shutil
import signal
import socket
import subprocess
import threading
import time

from blackbox.certificates import certificate
from blackbox.channels import OURS, data
from blackbox.cluster import Engine, Node
from blackbox.server import free_port
from blackbox.wire import Connection, request_bytes
from conform import Fail, Skip, case, eq, lacks, matches, ok

SLOTS = 16384


@case("9", "user, password with any characters in percent-encoding, and database of an address are used", start=False,
      original=OURS)
def encoded_login(t):
    redis = Engine(t)
    redis.call("ACL", "SETUSER", "app@x", "on", ">p@s:s/w%rd ä", "~*", "+@all")
    login = "app%40x:p%40s%3As%2Fw%25rd%20%C3%A4"
    node = Node(t, f"redis://{login}@127.0.0.1:{redis.port}/3", "--history", "10", "-L", "DEBUG")
    other = Node(t, f"redis://127.0.0.1:{redis.port}/3", "--history", "10")
    stream = other.sub()
    node.publish("x")
    eq(data(stream, 1), ["x"], "message")
    ok("{tinysse}:log" not in redis.call("KEYS", "*"), "nothing is in database 0")
    for line in node.server.output():
        lacks("p@s|p%40s", line, "log")


@case("9", "the backend rejects the database: one ERROR; an unknown host: one WARN", start=False,
      original=OURS)
def unfit_addresses(t):
    redis = Engine(t)
    server = t.start(["--cluster", f"redis://127.0.0.1:{redis.port}/999"])
    line = server.wait_line("ERROR.*backend", 10)[0]
    matches("DB index is out of range", line, "line")
    eq(t.get("/healthz").status, 503, "health")
    unknown = t.start(["--cluster", "redis://nosuchhost.invalid:1"])
    matches(r"nosuchhost\.invalid:1: unknown host", unknown.wait_line("WARN.*backend", 15)[0], "line")
    time.sleep(1)
    eq(len([text for text in server.output() if "backend" in text]), 1, "lines about the backend")


@case("9", "a backend with an IPv6 address", start=False, original=OURS)
def ipv6(t):
    if not socket.has_ipv6:
        raise Skip("no IPv6")
    redis = Engine(t, "--bind", "127.0.0.1 ::1")
    node = Node(t, f"redis://[::1]:{redis.port}")
    matches(rf"\[::1\]:{redis.port}", node.log("connected to the backend")[0], "line")


@case("9", "rediss: nodes use a backend with a trusted certificate, no other one and none without TLS", start=False,
      original=OURS)
def tls(t):
    keytool = shutil.which("keytool") or os.path.join(os.environ.get("JAVA_HOME", ""), "bin", "keytool")
    if not os.access(keytool, os.X_OK):
        raise Skip("keytool is not there")
    cert, key = certificate(t, "engine", "rsa")
    port = free_port()
    try:
        Engine(t, "--tls-port", str(port), "--tls-cert-file", cert, "--tls-key-file", key, "--tls-ca-cert-file", cert,
               "--tls-auth-clients", "no")
    except Fail as e:
        raise Skip("the backend was built without TLS") from e
    store = t.path("trusted.p12")
    subprocess.run([keytool, "-importcert", "-noprompt", "-alias", "ca", "-file", cert, "-keystore", store,
                    "-storepass", "changeit"], check=True, capture_output=True)
    url = f"rediss://localhost:{port}"
    env = {"JAVA_OPTS": f"-Djavax.net.ssl.trustStore={store} -Djavax.net.ssl.trustStorePassword=changeit"}
    node = Node(t, url, env=env)
    stream = node.sub()
    node.publish("x")
    eq(data(stream, 1), ["x"], "message")
    for address, extra in ((url, {}), (f"redis://localhost:{port}", {}), (f"rediss://127.0.0.2:{port}", env)):
        stranger = t.start(["--cluster", address], env=extra)
        stranger.wait_line("WARN.*backend is unreachable", 15)
        eq(t.get("/healthz").status, 503, f"health with {address}")


def redis_cluster(t, count):
    """The nodes of a Redis Cluster, each with as many slots."""
    engines = [Engine(t, "--cluster-enabled", "yes", "--cluster-port", str(free_port()), "--repl-diskless-sync-delay", "0")
               for _ in range(count)]
    for i, engine in enumerate(engines):
        slots = range(SLOTS * i // count, SLOTS * (i + 1) // count)
        eq(engine.call("CLUSTER", "ADDSLOTS", *slots), "OK", "slots")
        engine.call("CLUSTER", "SET-CONFIG-EPOCH", i + 1)
    join(t, engines, engines[0])
    return engines


def join(t, engines, first):
    for engine in engines:
        bus = engine.options[engine.options.index("--cluster-port") + 1]
        first.call("CLUSTER", "MEET", "127.0.0.1", engine.port, bus)
    t.wait(lambda: all("cluster_state:ok" in engine.call("CLUSTER", "INFO") and
                       f"cluster_known_nodes:{len(engines)}" in engine.call("CLUSTER", "INFO") for engine in engines),
           "the Redis Cluster", 20)


@case("9", "a Redis Cluster: whichever part is named, the one with the keys is used, and its replica when it has died",
      start=False, original=OURS)
def parts_of_redis_cluster(t):
    masters = redis_cluster(t, 2)
    slot = masters[0].call("CLUSTER", "KEYSLOT", "{tinysse}:log")
    has_keys = next(engine for i, engine in enumerate(masters) if slot < SLOTS * (i + 1) // 2)
    replica = Engine(t, "--cluster-enabled", "yes", "--cluster-port", str(free_port()))
    join(t, [*masters, replica], masters[0])
    replica.call("CLUSTER", "REPLICATE", has_keys.call("CLUSTER", "MYID"))
    t.wait(lambda: "master_link_status:up" in replica.call("INFO", "replication"), "the replica", 20)
    nodes = [Node(t, engine.url, "--history", "100") for engine in (*masters, replica)]
    streams = [node.sub() for node in nodes]
    for i, node in enumerate(nodes):
        node.publish(str(i))
    for stream in streams:
        eq(data(stream, 3), ["0", "1", "2"], "messages")
    has_keys.stop()
    eq(replica.call("CLUSTER", "FAILOVER", "TAKEOVER"), "OK", "failover")
    for node in nodes:
        t.wait(lambda: node.post({"data": "after"}).status == 202, "publishes go on", 20)
    for stream in streams:
        eq(data(stream, 3), ["after"] * 3, "messages after the failover")
    for node in nodes:
        ok(f":{replica.port}" in node.log("reconnected to the backend")[-1], "the replica is used")


@case("9.3", "a stop ends within the drain timeout while the backend does not respond, and waiting publishes get a 503",
      start=False, original=OURS)
def stop_without_answer(t):
    redis = Engine(t)
    node = Node(t, redis.url, "--cluster-timeout", "1m", "--drain-timeout", "2s")
    node.publish("x")
    redis.pause()
    connections = [Connection(node.port) for _ in range(5)]
    for connection in connections:
        connection.send(request_bytes("POST", "/sse", {"Content-Type": "application/json"}, b'{"data":"waits"}'))
    time.sleep(0.3)
    begin = time.monotonic()
    responses = []
    reading = [threading.Thread(target=lambda c=c: responses.append(c.response(20, "POST").status)) for c in connections]
    for thread in reading:
        thread.start()
    node.server.signal(signal.SIGTERM)
    t.may_exit = True
    eq(node.server.wait_exit(20), 0, "status")
    ok(time.monotonic() - begin < 6, f"stopped after {time.monotonic() - begin:.1f} s")
    for thread in reading:
        thread.join(5)
    eq(responses, [503] * 5, "responses")
