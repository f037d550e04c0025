"""docs/guides/clustering.md: its three nodes share messages and history, and its Redis user suffices. Only ports differ."""

import re
import shlex

from blackbox.channels import data, last_event_id
from blackbox.cluster import Engine
from blackbox.repository import blocks, ours, read, section
from conform import case, eq

DOCUMENT = ("docs", "guides", "clustering.md")


def block(title):
    return blocks(section(read(*DOCUMENT), title))[0].text.splitlines()


def start(t, command, url):
    """Starts a node with its command of the guide; returns its port."""
    words = shlex.split(command.replace("redis://127.0.0.1:6379", url))
    eq(words[0], "tinysse", "the program")
    position = words.index("--listen")
    t.start(words[1:position] + words[position + 2:], cwd=t.dir)
    return t.port


@case("docs", "the three nodes of the clustering guide deliver a message at each node, and a client resumes at another one", start=False,
      original="differs: ours")
def three_nodes(t):
    ours(t)
    redis, *nodes = block("Three nodes")
    options = shlex.split(redis)[3:]
    engine = Engine(t, *options)
    ports = [start(t, command, f"redis://127.0.0.1:{engine.port}") for command in nodes]
    streams = []
    for t.port in ports:
        streams.append(t.sub("/sse/news"))
    t.port = ports[0]
    first = t.publish("to all nodes", path="/sse/news")["id"]
    for stream in streams:
        eq(data(stream, 1), ["to all nodes"], "message at a node")
    t.publish("after it", path="/sse/news")
    t.port = ports[2]
    eq(data(t.sub("/sse/news", last_event_id(first)), 1), ["after it"], "replay at another node")


@case("docs", "the Redis user of the clustering guide has all permissions that a node needs", start=False, original="differs: ours")
def redis_user(t):
    ours(t)
    engine = Engine(t)
    (acl,) = [line for line in section(read(*DOCUMENT), "Redis connection").splitlines() if line.startswith("ACL SETUSER")]
    engine.call(*acl.replace("PASSWORD", "secret").split())
    port = start(t, block("Three nodes")[1], f"redis://tinysse:secret@127.0.0.1:{engine.port}")
    t.wait(lambda: t.get("/healthz").status == 200, "the node is connected", 30)
    first = t.publish("x", path="/sse/news")["id"]
    t.publish("y", path="/sse/news")
    eq(data(t.sub("/sse/news", last_event_id(first)), 1), ["y"], "replay")
    eq(bool(re.search(r"NOPERM", "\n".join(t.server.output()))), False, f"a permission is missing on port {port}")
