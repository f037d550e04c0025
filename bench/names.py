#!/usr/bin/env python3
"""Whether a server gives back what channels took: names that are used once, a few hundred at a time.

    names.py [--names 1000000] [--at-once 200] [--begin 4000] [COMMAND]

COMMAND starts the server, with {port} for its port; without one, that of the built image. Each name gets a stream and a message, and
the stream is closed when it has read the message. The first line is the server's resident memory after --begin names and a rest,
the others are that after all names, at once and after a rest, and the difference from the first. All traffic stays on 127.0.0.1.
"""
import argparse
import os
import re
import socket
import struct
import tempfile
import time

from bench import free_port, resident_mib, start, stop, worker_pid
from operators import IMAGE

COMMAND = f"{IMAGE} --listen 127.0.0.1:{{port}} --channels"
BEGIN_REST, REST = 12, 15  # seconds without a request
RESET = struct.pack("ii", 1, 0)  # closed by a reset, which leaves no port in TIME_WAIT
LINES_AT_ONCE = 100


class Publisher:
    def __init__(self, port):
        self.connection = socket.create_connection(("127.0.0.1", port), 30)

    def publish(self, names):
        """Publishes a message to each of the names."""
        for first in range(0, len(names), LINES_AT_ONCE):
            body = "".join(f'{{"channel":"{name}","data":"{name}"}}\n' for name in names[first:first + LINES_AT_ONCE])
            self.connection.sendall(f"POST /sse HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                                    f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
            self.take_response()

    def take_response(self):
        head, body = read_to(self.connection, b"\r\n\r\n").split(b"\r\n\r\n", 1)
        if b" 202 " not in head.split(b"\r\n")[0]:
            raise SystemExit(f"refused: {head!r}")
        missing = int(re.search(rb"(?i)content-length: (\d+)", head)[1]) - len(body)
        while missing > 0:
            part = self.connection.recv(missing)
            if not part:
                raise SystemExit("closed within a response")
            missing -= len(part)


def read_to(connection, text):
    found = b""
    while text not in found:
        part = connection.recv(65536)
        if not part:
            raise SystemExit(f"closed after {found!r}")
        found += part
    return found


def subscribe(port, name):
    connection = socket.create_connection(("127.0.0.1", port), 30)
    connection.sendall(f"GET /sse/{name} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n".encode())
    return connection


def use(port, publisher, names):
    """A stream for each of the names, a message to each, and the end of the streams."""
    streams = [subscribe(port, name) for name in names]
    for stream in streams:
        head = read_to(stream, b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise SystemExit(f"refused: {head!r}")
    publisher.publish(names)
    for stream, name in zip(streams, names):
        read_to(stream, f"data: {name}\n".encode())
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        stream.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--at-once", type=int, default=200)
    parser.add_argument("--begin", type=int, default=4_000)
    parser.add_argument("command", nargs="?", default=COMMAND)
    options = parser.parse_args()
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, open(os.path.join(folder, "server.log"), "ab") as log:
        process, _ = start(options.command, port, folder, log)
        try:
            server, publisher = worker_pid(process), Publisher(port)

            def use_all(first, end):
                for number in range(first, end, options.at_once):
                    use(port, publisher, [f"name{n}" for n in range(number, min(number + options.at_once, end))])

            use_all(0, options.begin)
            time.sleep(BEGIN_REST)
            before = resident_mib(server, "Rss")
            print(f"{options.begin} names, after {BEGIN_REST} s: {before:.1f} MiB", flush=True)
            began = time.monotonic()
            use_all(options.begin, options.begin + options.names)
            took, peak = time.monotonic() - began, resident_mib(server, "Rss")
            print(f"{options.names} more in {took:.0f} s: {peak:.1f} MiB", flush=True)
            time.sleep(REST)
            after = resident_mib(server, "Rss")
            print(f"after {REST} s: {after:.1f} MiB, {after - before:+.1f}")
        finally:
            stop(process)


if __name__ == "__main__":
    main()
