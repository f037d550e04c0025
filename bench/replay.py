#!/usr/bin/env python3
"""How long clients take that come back to what a server keeps.

    replay.py [--messages 10000] [--clients 1] [--rounds 10] NAME=COMMAND [NAME=COMMAND ...]

In the command {port} stands for a free port and {folder} for an empty folder. NAME may be followed by the path to publish at and
the one to subscribe at, which is asked with ?since=all: "nchan:/pub,/sub". A server is filled with so many messages of 256
bytes; then so many clients ask for all of them at once, several times. Prints for each server the time from the first request to the
last byte in the first round, which meets a cold server, and the median and the least of the others.
"""
import argparse
import selectors
import shlex
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

DATA = b"x" * 256
IN_FLIGHT = 100


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


def fill(port, path, messages):
    """Publishes over one connection, with some requests on their way at a time."""
    request = (b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
               b"Content-Length: %d\r\n\r\ndata=%s" % (path.encode(), len(DATA) + 5, DATA))
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
    """Seconds until all clients have every message."""
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
    seconds = time.perf_counter() - began
    for connection in connections:
        connection.close()
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("server", nargs="+", metavar="NAME=COMMAND")
    options = parser.parse_args()
    for server in options.server:
        name, _, command = server.partition("=")
        name, _, paths = name.partition(":")
        publish, subscribe = (paths or "/sse,/sse").split(",")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "wb") as log:
            process = start(command, port, folder, log)
            try:
                fill(port, publish, options.messages)
                first, *others = (1000 * come_back(port, subscribe, options.messages, options.clients)
                                  for _ in range(options.rounds + 1))
                print(f"{name:12} first {first:6.0f} ms, then median {statistics.median(others):6.0f}, "
                      f"least {min(others):6.0f}", flush=True)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(30)


if __name__ == "__main__":
    main()
