#!/usr/bin/env python3
"""Whether clients that reconnect while much is published receive each message once, and in order.

    joins.py [--rounds 10] [--joins 1000] [--rate 5000] COMMAND [COMMAND ...]

COMMAND starts a server with channels and history, with {port} for its port. Messages are published all the time, so many a second on
ten channels; so many clients a round come with the id of one of the last 300 messages of a channel, and stay until they have
some that were published after they came. What each gets has to be the messages behind its id, without a gap and none twice. All
traffic stays on 127.0.0.1.
"""
import argparse
import json
import os
import random
import socket
import tempfile
import threading
import time

from bench import free_port, start, stop
from names import read_to

CHANNELS = 10
LINES = 100  # messages a request
BEHIND = 300  # how many messages of its channel a client is behind at most
AFTER = 20  # how many it waits for that are published after it came
CLIENTS = 8  # at a time


class Publisher(threading.Thread):
    """Publishes numbered messages, and knows their ids."""

    def __init__(self, port, rate):
        super().__init__(daemon=True)
        self.connection = socket.create_connection(("127.0.0.1", port), 30)
        self.pause, self.ids, self.ended = LINES / rate, [[] for _ in range(CHANNELS)], False

    def run(self):
        due = time.monotonic()
        while not self.ended:
            self.publish()
            due += self.pause
            time.sleep(max(0, due - time.monotonic()))

    def publish(self):
        channels = [number % CHANNELS for number in range(LINES)]
        first = [len(ids) for ids in self.ids]
        body = "".join(json.dumps({"channel": f"c{channel}", "data": str(first[channel] + at // CHANNELS)}) + "\n"
                       for at, channel in enumerate(channels)).encode()
        self.connection.sendall(b"POST /sse HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                                b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        head, rest = read_to(self.connection, b"\r\n\r\n").split(b"\r\n\r\n", 1)
        length = int(head.lower().split(b"content-length:")[1].split()[0])
        while len(rest) < length:
            part = self.connection.recv(length)
            if not part:
                raise SystemExit("closed within a response")
            rest += part
        for channel, line in zip(channels, rest.splitlines(), strict=True):
            self.ids[channel].append(json.loads(line)["id"])


class Client(threading.Thread):
    """Joins again and again; finds what was wrong."""

    def __init__(self, port, publisher, joins):
        super().__init__(daemon=True)
        self.port, self.publisher, self.joins, self.wrong = port, publisher, joins, []

    def run(self):
        for _ in range(self.joins):
            channel = random.randrange(CHANNELS)
            ids = self.publisher.ids[channel]
            seen = len(ids) - 1 - random.randrange(min(BEHIND, len(ids)))
            self.come_back(channel, ids[seen], seen)

    def come_back(self, channel, id, seen):
        with socket.create_connection(("127.0.0.1", self.port), 30) as connection:
            connection.sendall(f"GET /sse/c{channel} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                               f"Last-Event-ID: {id}\r\n\r\n".encode())
            lines = connection.makefile("rb")
            while next(lines).strip() != b": ok":
                pass
            last = len(self.publisher.ids[channel]) + AFTER
            expected = seen + 1
            for line in lines:
                if line.startswith(b"event:") or line.startswith(b"data:") and int(line[5:]) != expected:
                    self.wrong.append(f"c{channel}: {line!r} in the place of {expected}")
                    return
                if line.startswith(b"data:"):
                    expected += 1
                if expected > last:
                    return
            self.wrong.append(f"c{channel}: ended before {expected}")


def measure(command, options, folder):
    port = free_port()
    with open(os.path.join(folder, "server.log"), "ab") as log:
        process, _ = start(command, port, folder, log)
    try:
        publisher = Publisher(port, options.rate)
        publisher.publish()
        publisher.start()
        for number in range(1, options.rounds + 1):
            before, began = sum(map(len, publisher.ids)), time.monotonic()
            clients = [Client(port, publisher, options.joins // CLIENTS) for _ in range(CLIENTS)]
            for client in clients:
                client.start()
            for client in clients:
                client.join()
            wrong = [text for client in clients for text in client.wrong]
            rate = (sum(map(len, publisher.ids)) - before) / (time.monotonic() - began)
            print(f"{number:5}{len(clients) * (options.joins // CLIENTS):8}{rate:12.0f}{len(wrong):8}  {wrong[:1] or ''}", flush=True)
        publisher.ended = True
        publisher.join(10)
    finally:
        stop(process)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--joins", type=int, default=1_000)
    parser.add_argument("--rate", type=int, default=5_000)
    parser.add_argument("command", nargs="+", metavar="COMMAND")
    options = parser.parse_args()
    for command in options.command:
        print(f"{command}\n{'round':>5}{'joins':>8}{'messages/s':>12}{'wrong':>8}")
        with tempfile.TemporaryDirectory() as folder:
            measure(command, options, folder)


if __name__ == "__main__":
    main()
