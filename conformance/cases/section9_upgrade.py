"""Section 9.5: faults of nodes, and an upgrade node by node."""

import os
import shutil
import signal
import time

from blackbox.channels import OURS, data
from blackbox.cluster import Engine, Load, Node, Reader, check_order, wait_all
from blackbox.proxy import Nginx
from blackbox.repository import ROOT
from blackbox.server import Server, free_port
from blackbox.checks import Skip
from conform import case, eq

HISTORY = ["--channels", "--history", "10000"]


@case("9.5", "three nodes restarted one after the other under load: clients reconnect, 0 lost, 0 repeated", start=False,
      original=OURS)
def rolling_upgrade(t):
    redis = Engine(t)
    nodes = [Node(t, redis.url, *HISTORY) for _ in range(3)]
    ports = [node.port for node in nodes]
    readers = [Reader(ports[i:] + ports[:i]) for i in range(3) for _ in range(3)]
    load = Load(nodes, pause=0.01)
    t.may_exit = True
    for node in nodes:
        time.sleep(0.5)
        node.server.stop(15)
        node.start()
    time.sleep(0.5)
    load.stop()
    eq(load.unknown, [], "publishes without a response")
    wait_all(t, readers, load.acknowledged)
    check_order(readers, [load])
    eq([reader.gaps for reader in readers], [[]] * 9, "gaps")


@case("9.5", "kill -9 of a node while it publishes: acknowledged messages are delivered, and its clients reconnect to other nodes",
      start=False, original=OURS)
def node_killed(t):
    redis = Engine(t)
    a, b = Node(t, redis.url, *HISTORY), Node(t, redis.url, *HISTORY)
    readers = [Reader([a.port, b.port]) for _ in range(10)] + [Reader([b.port])]
    load = Load([a], pause=0)
    t.wait(lambda: len(load.acknowledged) > 100, "100 messages")
    t.may_exit = True
    a.server.signal(signal.SIGKILL)
    load.stop()
    other = Load([b], "after")
    t.wait(lambda: len(other.acknowledged) > 20, "20 more")
    other.stop()
    wait_all(t, readers, load.acknowledged + other.acknowledged)
    check_order(readers, [load, other])


@case("9.4", "a node that stood still goes on without a gap", start=False, original=OURS)
def node_paused(t):
    redis = Engine(t)
    a, b = Node(t, redis.url, *HISTORY), Node(t, redis.url, *HISTORY)
    readers = [Reader([a.port]), Reader([b.port])]
    load = Load([b])
    a.server.signal(signal.SIGSTOP)
    time.sleep(8)
    a.server.signal(signal.SIGCONT)
    a.wait_health("ok")
    load.stop()
    wait_all(t, readers, load.acknowledged)
    check_order(readers, [load])


@case("9", "two nodes with one name are two nodes", start=False, original=OURS)
def one_name(t):
    redis = Engine(t)
    a, b = (Node(t, redis.url, "--node-name", "same") for _ in range(2))
    streams = [a.sub(), b.sub()]
    t.wait(lambda: a.publish("count")["subscribers"] == 2, "both are counted")
    b.publish("end")
    for stream in streams:
        while data(stream, 1) != ["end"]:
            pass


def nodes_behind(t, start_balancer):
    redis = Engine(t)
    nodes = [Node(t, redis.url, *HISTORY) for _ in range(3)]
    balancer = start_balancer([node.port for node in nodes])
    readers = [Reader([balancer]) for _ in range(6)]
    load = Load([type("Front", (), {"port": balancer})()])
    t.wait(lambda: len(load.acknowledged) > 20, "20 messages")
    t.may_exit = True
    nodes[0].server.signal(signal.SIGKILL)
    goal = len(load.acknowledged) + 30
    t.wait(lambda: len(load.acknowledged) > goal, "publishing goes on", 15)
    load.stop()
    wait_all(t, readers, load.acknowledged)
    check_order(readers, [load])


def document(name, ports):
    with open(os.path.join(ROOT, "docs", "deploy", name)) as file:
        text = file.read()
    for old, new in zip((1983, 1984, 1985), ports):
        text = text.replace(f"127.0.0.1:{old}", f"127.0.0.1:{new}")
    return text


@case("9.5", "the clustering guide: three nodes behind nginx, of which one dies", start=False, original=OURS)
def behind_nginx(t):
    opened = []
    def start(ports):
        nginx = Nginx(t, document("cluster-nginx.conf", ports), {"127.0.0.1:8080": "127.0.0.1:{port}"})
        opened.append(nginx.__enter__())
        return nginx.port
    try:
        nodes_behind(t, start)
    finally:
        for nginx in opened:
            nginx.__exit__()


@case("9.5", "the clustering guide: three nodes behind Caddy, of which one dies", start=False, original=OURS)
def behind_caddy(t):
    program = shutil.which("caddy")
    if not program:
        raise Skip("caddy is not installed")
    def start(ports):
        port = free_port()
        path = t.write("Caddyfile", document("cluster.Caddyfile", ports).replace("127.0.0.1:8080", f"127.0.0.1:{port}"))
        server = Server([program, "run", "--config", path, "--adapter", "caddyfile"], t.dir,
                        {**os.environ, "HOME": t.dir}, port)
        t.servers.append(server)
        server.wait_port(30)
        return port
    nodes_behind(t, start)
