#!/usr/bin/env python3
"""Kills a server with history in files again and again, under load, and counts what its clients got.

    kill.py [--rounds 200] [--publishers 16] [--streams 50] COMMAND

In the command {port} stands for a free port and {folder} for an empty folder; for example
"dist/target/tinysse/bin/tinysse --listen 127.0.0.1:{port} --history 1000000 --data-dir {folder}/history".

The publishers send numbered messages, each the next one as soon as the last is acknowledged or its connection is gone; what was not
acknowledged is not sent again. The server gets a SIGKILL at a random moment and is started at once; in every second round nothing is
published until all streams have reconnected, with the id of their last event. In the end every acknowledged message
must be there in each stream once, in the same order. Exit status 1 if not.
"""
import argparse
import random
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import threading
import time


class Server:
    def __init__(self, command, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.words = [w.replace("{port}", str(self.port)).replace("{folder}", folder) for w in shlex.split(command)]
        self.log = open(f"{folder}/log", "ab")
        self.process = None
        self.slowest_start = 0

    def start(self):
        began = time.monotonic()
        self.process = subprocess.Popen(self.words, stdout=self.log, stderr=self.log)
        while True:
            try:
                self.connect().close()
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() - began > 60:
                    sys.exit(f"the server did not start, see {self.log.name}")
                time.sleep(0.005)
        self.slowest_start = max(self.slowest_start, time.monotonic() - began)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), 10)


class Publisher(threading.Thread):
    def __init__(self, server, number, gate, done):
        super().__init__(daemon=True)
        self.server, self.number, self.gate, self.done = server, number, gate, done
        self.acknowledged, self.unknown = [], set()

    def run(self):
        connection, count = None, 0
        while not self.done.is_set():
            self.gate.wait()
            text = f"{self.number}-{count}"
            count += 1
            try:
                connection = connection or self.server.connect()
                body = b"data=" + text.encode()
                connection.sendall(b"POST /sse HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                   b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
                response = b""
                while not response.endswith(b"}"):
                    part = connection.recv(4096)
                    if not part:
                        raise OSError("closed")
                    response += part
                if not response.startswith(b"HTTP/1.1 202"):
                    sys.exit(f"refused: {response!r}")
                self.acknowledged.append(text)
            except OSError:
                self.unknown.add(text)
                connection = None
                time.sleep(0.01)


class Subscriber(threading.Thread):
    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.id, self.got, self.gaps, self.returns = server, None, [], 0, 0

    def run(self):
        while True:
            try:
                with self.server.connect() as connection:
                    self.read(connection)
            except OSError:
                time.sleep(0.01)

    def read(self, connection):
        id_line = f"Last-Event-ID: {self.id}\r\n" if self.id else ""
        connection.sendall(f"GET /sse HTTP/1.1\r\nHost: localhost\r\n{id_line}\r\n".encode())
        data, event_id = None, None
        for line in connection.makefile("rb"):  # the sizes of chunks are no fields, and are passed over
            if line == b": ok\n":
                self.returns += 1
            if line == b"event: tinysse.gap\n":
                self.gaps += 1
            if line.startswith(b"id: "):
                event_id = line[4:-1].decode()
            if line.startswith(b"data: "):
                data = line[6:-1].decode()
            if line == b"\n" and data is not None:
                if re.fullmatch(r"\d+-\d+", data):
                    self.got.append(data)
                self.id = event_id or self.id
                data = None


def wait_for(condition, what, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            print(f"waited in vain: {what}")
            return False
        time.sleep(0.01)
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--publishers", type=int, default=16)
    parser.add_argument("--streams", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("command", metavar="COMMAND")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    gate, done = threading.Event(), threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(options.command, folder)
        server.start()
        streams = [Subscriber(server) for _ in range(options.streams)]
        for stream in streams:
            stream.start()
        wait_for(lambda: all(s.returns for s in streams), "streams are open")
        publishers = [Publisher(server, n, gate, done) for n in range(options.publishers)]
        for publisher in publishers:
            publisher.start()
        for number in range(options.rounds):
            gate.set()
            time.sleep(chance.uniform(0.05, 0.6))
            if number % 2:
                gate.clear()
            before = [s.returns for s in streams]
            server.kill()
            server.start()
            if number % 2:
                wait_for(lambda: all(s.returns > b for s, b in zip(streams, before)), "streams are back")
        done.set()
        gate.set()
        for publisher in publishers:
            publisher.join()
        acknowledged = {text for p in publishers for text in p.acknowledged}
        wait_for(lambda: all(len(s.got) >= len(acknowledged) for s in streams)
                 and all(acknowledged <= set(s.got) for s in streams), "everything is delivered", 30)
        server.kill()
    lost = sum(len(acknowledged - set(s.got)) for s in streams)
    twice = sum(len(s.got) - len(set(s.got)) for s in streams)
    fullest = max((s.got for s in streams), key=len)
    place = {text: i for i, text in enumerate(fullest)}
    disorder = sum(place.get(a, 0) > place.get(b, 0) for s in streams for a, b in zip(s.got, s.got[1:]))
    gaps = sum(s.gaps for s in streams)
    print(f"rounds={options.rounds} acknowledged={len(acknowledged)} lost={lost} twice={twice} out-of-order={disorder} "
          f"gaps={gaps} slowest-start={server.slowest_start:.2f}s")
    sys.exit(bool(lost or twice or disorder or gaps))


if __name__ == "__main__":
    main()
