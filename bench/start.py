#!/usr/bin/env python3
"""Time from the start of a server until its port accepts, of several commands in turn.

    start.py [--runs 15] [--messages N] COMMAND [COMMAND ...]

{port} in a COMMAND is replaced by a free port, {empty} by an empty folder, and {folder} by one of its own, in which a server that
is started with the command before keeps N messages of 256 bytes, published a hundred with each request. The commands take turns,
so that noise of the machine meets all of them; the table shows wall-clock and CPU time, in milliseconds, and resident memory right
afterwards.
"""
import argparse
import http.client
import os
import pathlib
import shlex
import socket
import statistics
import subprocess
import tempfile
import time

import replay
from bench import free_port, stop

AT_ONCE = 100
LINE = b'{"data":"%s"}\n' % (b"x" * 256)


def start(command):
    """Starts a server once; hands back milliseconds until its port accepted, milliseconds of CPU, and resident MiB."""
    port = free_port()
    began = time.monotonic()
    process = subprocess.Popen(shlex.split(command.replace("{port}", str(port))), stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise SystemExit(f"did not start: {command}")
                time.sleep(0.001)
        wall = time.monotonic() - began
        with open(f"/proc/{process.pid}/stat") as stat, open(f"/proc/{process.pid}/statm") as memory:
            fields = stat.read().rpartition(")")[2].split()
            cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            resident = int(memory.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return wall * 1000, cpu * 1000, resident / 2 ** 20
    finally:
        stop(process)


def publish(port, messages):
    """Publishes many with each request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for sent in range(0, messages, AT_ONCE):
        some = min(AT_ONCE, messages - sent)
        connection.request("POST", "/sse", LINE * some, {"Content-Type": "application/x-ndjson"})
        response = connection.getresponse()
        if response.status != 202:
            raise SystemExit(f"messages were refused: {response.status} {response.read(200)}")
        response.read()
    connection.close()


def fill(command, folder, messages):
    """The command with its folders, after a server has stored so many messages there."""
    if "{folder}" in command and messages:
        port = free_port()
        process = replay.start(command, port, folder, subprocess.DEVNULL)
        try:
            publish(port, messages)
        finally:
            stop(process)
        print(f"{sum(file.stat().st_size for file in pathlib.Path(folder).iterdir()) / 1e9:.2f} GB in {{folder}}", flush=True)
    return command.replace("{folder}", folder).replace("{empty}", f"{folder}-empty")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("command", nargs="+", metavar="COMMAND")
    parser.add_argument("--messages", type=int, default=0)
    options = parser.parse_args()
    found = {command: [] for command in options.command}
    with tempfile.TemporaryDirectory() as parent:
        filled = {command: fill(command, f"{parent}/{number}", options.messages)
                  for number, command in enumerate(options.command)}
        for _ in range(options.runs):
            for command in options.command:
                found[command].append(start(filled[command]))
    print(f"{'best ms':>9}{'median ms':>11}{'x first':>9}{'CPU ms':>9}{'RSS MiB':>9}  command")
    base = statistics.median(wall for wall, _, _ in found[options.command[0]])
    for command, results in found.items():
        wall, cpu, resident = (statistics.median(column) for column in zip(*results))
        best = min(results)[0]
        print(f"{best:9.0f}{wall:11.0f}{wall / base:9.2f}{cpu:9.0f}{resident:9.0f}  {command}")


if __name__ == "__main__":
    main()
