#!/usr/bin/env python3
"""How long clients take that reconnect to a server with history.

    replay.py [--messages 10000] [--clients 1] [--rounds 10] [--publisher RATE] NAME=COMMAND [NAME=COMMAND ...]

In the command {port} stands for a free port and {folder} for an empty folder. NAME may be followed by the path to publish at and
the one to subscribe at, which is asked with ?since=all: "nchan:/pub,/sub". A server is filled with so many messages of 256
bytes; then so many clients ask for all of them at once, several times. Prints for each server the time from the first request to the
last byte in the first round, which meets a cold server, and the median and the least of the others.

With --publisher another process publishes so many messages a second over one connection, to a channel that no client asks for:
start the servers with channels. A latency is the time from when a message was due, whether the one before had its response then or
not, to its own response. Prints percentiles of the messages that were due in a round, and of those in the second half of the second
before, in which the publisher is alone. The first round is left out; there are more than --rounds if fewer than 1,000 messages were
due in the others. Prints, too, the server's resident memory before the publisher began, and the most from then on; and if the
command has {admin}, for the port of --admin-listen, what was used of its heap, garbage included: then, and the most at the end
of a round.
"""
import argparse
import functools
import multiprocessing
import pathlib
import re
import selectors
import shlex
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

from bench import free_port, stop, worker_pid

DATA = b"x" * 256
IN_FLIGHT = 100
PAUSE = 1  # seconds before a round
MIN_SAMPLES = 1_000


def start(command, port, folder, log):
    words = [word.replace("{port}", str(port)).replace("{folder}", folder) for word in shlex.split(command)]
    process = subprocess.Popen(words, stdout=log, stderr=log)
    for _ in range(3000):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.01)
    sys.exit(f"did not start: {command}")


def publish_request(path):
    return (b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\ndata=%s" % (path.encode(), len(DATA) + 5, DATA))


def fill(port, path, messages):
    """Publishes over one connection, with some requests on their way at a time."""
    request = publish_request(path)
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        responses = connection.makefile("rb")
        for sent in range(0, messages, IN_FLIGHT):
            some = min(IN_FLIGHT, messages - sent)
            connection.sendall(request * some)
            for _ in range(some):
                skip_response(responses)


def skip_response(responses):
    status = responses.readline()
    if not status.startswith((b"HTTP/1.1 20",)):
        sys.exit(f"a message was refused: {status!r}")
    length = 0
    for line in iter(responses.readline, b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    responses.read(length)


def come_back(port, path, messages, clients):
    """When the first client asked, and when all had every message."""
    selector = selectors.DefaultSelector()
    request = b"GET %s?since=all HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n" % path.encode()
    connections = [socket.create_connection(("127.0.0.1", port), 30) for _ in range(clients)]
    seen = dict.fromkeys(connections, 0)
    began = time.perf_counter()
    for connection in connections:
        connection.sendall(request)
        connection.setblocking(False)
        selector.register(connection, selectors.EVENT_READ)
    waiting = clients
    while waiting:
        ready = selector.select(30)
        if not ready:
            sys.exit(f"{waiting} clients did not get everything: {sorted(seen.values())[:5]}")
        for key, _ in ready:
            got = key.fileobj.recv(1 << 20)
            if not got:
                sys.exit("a stream was ended")
            before = seen[key.fileobj]
            seen[key.fileobj] = before + got.count(b"x")  # nothing but the data has this letter in such numbers
            if before < messages * len(DATA) <= seen[key.fileobj]:
                waiting -= 1
    ended = time.perf_counter()
    for connection in connections:
        connection.close()
    return began, ended


def publish_at_rate(port, path, rate, pipe):
    """Publishes until something is in the pipe; then sends for each message when it was due and the seconds from then to its response."""
    request, latencies = publish_request(path), []
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        responses, due = connection.makefile("rb"), time.perf_counter()
        while not pipe.poll():
            time.sleep(max(0, due - time.perf_counter()))
            connection.sendall(request)
            skip_response(responses)
            latencies.append((due, time.perf_counter() - due))
            due += 1 / rate
    pipe.send(latencies)


class Publisher:
    """A process that publishes at a rate."""

    def __init__(self, port, path, rate):
        fill(port, path, 1)  # ends with a message if it is refused
        self.pipe, other_end = multiprocessing.Pipe()
        multiprocessing.Process(target=publish_at_rate, args=(port, path, rate, other_end), daemon=True).start()
        other_end.close()

    def stop(self):
        """Hands back what it has measured."""
        self.pipe.send("stop")
        return self.pipe.recv()


class Memory:
    """Resident memory of a server from now on, and what is used of its heap if there is a port for operators; in MiB."""

    def __init__(self, pid, admin):
        self.process, self.admin, self.heaps = pathlib.Path(f"/proc/{pid}"), admin, []
        (self.process / "clear_refs").write_text("5")  # VmHWM is the most from now on
        self.resident = self._resident("VmRSS")
        self.look()

    def look(self):
        """Notes the heap. The kernel notes what is resident."""
        if self.admin:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.admin}/metrics", timeout=10) as metrics:
                used = re.search(rb'jvm_memory_used_bytes{area="heap"} (\S+)', metrics.read())[1]
            self.heaps.append(float(used) / 2 ** 20)

    def _resident(self, kind):
        return int(re.search(rf"{kind}:\s+(\d+)", (self.process / "status").read_text())[1]) / 1024

    def __str__(self):
        heap = f"; heap {self.heaps[0]:.1f} MiB, at most {max(self.heaps):.1f}" if self.heaps else ""
        return f"resident memory {self.resident:.1f} MiB, at most {self._resident('VmHWM'):.1f}{heap}"


def percentiles(latencies, intervals):
    """Those of the messages that were due in one of the intervals."""
    found = sorted(1000 * seconds for due, seconds in latencies if any(began <= due <= ended for began, ended in intervals))
    return f"p50 {found[len(found) // 2]:.2f} ms, p99 {found[len(found) * 99 // 100]:.2f}, {len(found)} messages"


def come_back_beside_publisher(come_back_once, publisher, memory, options):
    """The rounds, and lines that say what the publisher and the memory did meanwhile."""
    pauses, rounds = [], []
    while len(rounds) <= options.rounds or options.publisher * sum(ended - began for began, ended in rounds[1:]) < MIN_SAMPLES:
        time.sleep(PAUSE / 2)
        began = time.perf_counter()
        time.sleep(PAUSE / 2)
        pauses.append((began, time.perf_counter()))
        rounds.append(come_back_once())
        memory.look()
    latencies = publisher.stop()
    return rounds, [f"publisher alone: {percentiles(latencies, pauses[1:])}",
                    f"while clients reconnected: {percentiles(latencies, rounds[1:])}", memory]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--publisher", type=float, metavar="RATE", help="publish so many messages a second meanwhile")
    parser.add_argument("server", nargs="+", metavar="NAME=COMMAND")
    options = parser.parse_args()
    for server in options.server:
        name, _, command = server.partition("=")
        name, _, paths = name.partition(":")
        publish, subscribe = (paths or "/sse,/sse").split(",")
        port, admin = free_port(), free_port() if "{admin}" in command else None
        with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "wb") as log:
            process = start(command.replace("{admin}", str(admin)), port, folder, log)
            try:
                fill(port, publish, options.messages)
                come_back_once = functools.partial(come_back, port, subscribe, options.messages, options.clients)
                if options.publisher:
                    time.sleep(PAUSE)
                    memory = Memory(worker_pid(process), admin)
                    publisher = Publisher(port, f"{publish}/other", options.publisher)
                    rounds, lines = come_back_beside_publisher(come_back_once, publisher, memory, options)
                else:
                    rounds, lines = [come_back_once() for _ in range(options.rounds + 1)], []
                first, *others = (1000 * (ended - began) for began, ended in rounds)
                print(f"{name:12} first {first:6.0f} ms, then median {statistics.median(others):6.0f}, "
                      f"least {min(others):6.0f}", *lines, sep="\n  ", flush=True)
            finally:
                stop(process)


if __name__ == "__main__":
    main()
