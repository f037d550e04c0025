#!/usr/bin/env python3
"""The cost of a cluster: nodes on one redis-server, all of them on this machine, beside one server without.

    cluster.py [--nodes 2] [--rounds 5] [--scale 1] NAME=COMMAND [NAME=COMMAND ...]

COMMAND starts a server in the foreground; {port} in it is replaced by a free port, {redis} by that of a redis-server without a disk,
which is started for it. A command with {redis} is started --nodes times, another one once; messages are published at the first node and
read at the last one. The servers need a history of 10,000 messages for the replay. Prints for each command, as medians of the rounds:

    pub/s 64, pub/s 1   publishes a second of 64 publishers and of one, 256 bytes in JSON, without streams
    arrival ms          from the beginning of a publish to its event on a stream, 200 a second
    CPU 1x500           CPU of a node per delivery, in microseconds: 50 messages a second to 500 streams at the first node
    CPU 2x500           the same of the first node while the last one has 500 streams, too
    replay ms           until one client has 10,000 messages of 256 bytes from the last node

Needs cc, Python 3 and redis-server.
"""
import argparse
import contextlib
import json
import os
import pathlib
import selectors
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import bench
import replay

STREAMS = 500
TICK = os.sysconf("SC_CLK_TCK")
WARM = 3  # runs before those that count


class Publisher:
    """Publishes over one connection, one message at a time."""

    def __init__(self, port):
        self.connection = socket.create_connection(("127.0.0.1", port), 30)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.responses = self.connection.makefile("rb")

    def publish(self, data):
        body = json.dumps({"data": data}).encode()
        self.connection.sendall(b"POST /sse HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        replay.skip_response(self.responses)

    def publish_at_rate(self, rate, count, data=lambda: "x" * 64):
        begin = time.perf_counter()
        for number in range(count):
            time.sleep(max(0, begin + number / rate - time.perf_counter()))
            self.publish(data())

    def close(self):
        self.responses.close()
        self.connection.close()


class Streams:
    """Streams that a thread of its own reads, and counts the events of."""

    def __init__(self, port, count):
        self.selector = selectors.DefaultSelector()
        self.events, self.ended = 0, False
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", port), 30)
            connection.sendall(b"GET /sse HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
            head = b""
            while b": ok\n" not in head:
                head += connection.recv(4096)
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ)
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        while not self.ended:
            for key, _ in self.selector.select(0.1):
                self.events += key.fileobj.recv(1 << 16).count(b"data: ")

    def expect(self, events):
        deadline = time.monotonic() + 30
        while self.events < events:
            if time.monotonic() > deadline:
                sys.exit(f"{self.events} of {events} events arrived")
            time.sleep(0.01)

    def close(self):
        self.ended = True
        self.thread.join()
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def publishes(load, port, inflight, messages):
    """Publishes a second."""
    arguments = [load, "--port", str(port), "--subs", "0", "--payload", "256", "--json", "--inflight", str(inflight),
                 "--msgs", str(messages)]
    output = subprocess.run(arguments, capture_output=True, text=True, timeout=300)
    if output.returncode:
        sys.exit(f"the load generator failed: {output.stdout}{output.stderr}")
    return json.loads(output.stdout)["publish_per_s"]


def arrival(first, last, messages):
    """Milliseconds from publish to event, each of them."""
    taken = []
    connection = socket.create_connection(("127.0.0.1", last), 30)
    connection.sendall(b"GET /sse HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
    lines = connection.makefile("rb")
    while next(lines) != b": ok\n":
        pass

    def read():
        for line in lines:
            if line.startswith(b"data: "):
                taken.append(1000 * (time.perf_counter() - float(line[6:])))
                if len(taken) == messages:
                    return

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    with contextlib.closing(Publisher(first)) as publisher:
        publisher.publish_at_rate(200, messages, lambda: repr(time.perf_counter()))
    reader.join(30)
    lines.close()
    connection.close()
    if len(taken) < messages:
        sys.exit(f"{len(taken)} of {messages} messages arrived")
    return taken


def cpu(ports, pid, messages):
    """Microseconds of the first node per delivery, with streams at these nodes."""
    with contextlib.ExitStack() as ends:
        streams = [ends.enter_context(contextlib.closing(Streams(port, STREAMS))) for port in ports]
        publisher = ends.enter_context(contextlib.closing(Publisher(ports[0])))
        begin = cpu_seconds(pid)
        publisher.publish_at_rate(50, messages)
        for some in streams:
            some.expect(messages * STREAMS)
        return 1e6 * (cpu_seconds(pid) - begin) / (messages * STREAMS)


def replay_ms(port):
    """Milliseconds until one client has all."""
    began, ended = replay.come_back(port, "/sse", 10_000, 1)
    return 1000 * (ended - began)


def start_engine(ends, folder, log):
    """Starts a redis-server without a disk; hands back its port."""
    port = bench.free_port()
    redis, _ = bench.start(f"redis-server --bind 127.0.0.1 --port {{port}} --dir {folder} --save '' --appendonly no",
                           port, folder, log)
    ends.callback(bench.stop, redis)
    return port


def start(ends, command, nodes, folder, log):
    """Starts Redis, if the command uses it, and servers; hands back their ports and the first one's process id."""
    count = 1
    if "{redis}" in command:
        count = nodes
        command = command.replace("{redis}", str(start_engine(ends, folder, log)))
    ports, pids = [], []
    for _ in range(count):
        port = bench.free_port()
        process, _ = bench.start(command, port, folder, log)
        ends.callback(bench.stop, process)
        ports.append(port)
        pids.append(bench.worker_pid(process))
    time.sleep(2)  # until all have met
    return ports, pids[0]


def measure(load, ports, pid, options):
    """The medians, by column."""
    def size(number):
        return max(10, int(number * options.scale))

    def median(function, *arguments):
        return statistics.median([function(*arguments) for _ in range(options.rounds + WARM)][WARM:])

    result = {"pub/s 64": median(publishes, load, ports[0], 64, size(20_000)),
              "pub/s 1": median(publishes, load, ports[0], 1, size(3_000)),
              "arrival ms": median(lambda: statistics.median(arrival(ports[0], ports[-1], size(400)))),
              "CPU 1x500": median(cpu, ports[:1], pid, size(200))}
    if len(ports) > 1:
        result["CPU 2x500"] = median(cpu, [ports[0], ports[-1]], pid, size(200))
    replay.fill(ports[0], "/sse", 10_000)
    result["replay ms"] = median(replay_ms, ports[-1])
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scale", type=float, default=1, help="multiply the number of messages, but for the replay")
    parser.add_argument("server", nargs="+", metavar="NAME=COMMAND")
    options = parser.parse_args()
    if any("{redis}" in server for server in options.server) and not shutil.which("redis-server"):
        sys.exit("redis-server is not installed")
    with tempfile.TemporaryDirectory() as folder:
        load = bench.build(folder)["sseload"]
        for server in options.server:
            name, _, command = server.partition("=")
            with contextlib.ExitStack() as ends, open(f"{folder}/log", "ab") as log:
                found = measure(load, *start(ends, command, options.nodes, folder, log), options)
            print(f"{name:12}" + "".join(f"  {column} {value:,.2f}" if value < 100 else f"  {column} {value:,.0f}"
                                         for column, value in found.items()), flush=True)


if __name__ == "__main__":
    main()
