#!/usr/bin/env python3
"""The cost of monitoring: a load with a scrape per second and an open console, beside the same without.

    operators.py [--rounds 5] [--scenario paced-4k] [COMMAND]

COMMAND starts the server, with {port} and {admin} for its two ports; without one, that of the built image. All runs are
on one server, after two that warm it up, and alternate: one without, one with. The table has each run, then the medians.
Needs cc. All traffic stays on 127.0.0.1.
"""
import argparse
import http.client
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from bench import SCENARIOS, build, free_port, load_arguments, start, stop, worker_pid

IMAGE = pathlib.Path(__file__).resolve().parent.parent / "dist/target/tinysse/bin/tinysse"
COMMAND = f"{IMAGE} --listen 127.0.0.1:{{port}} --admin-listen 127.0.0.1:{{admin}}"
LIST_SECONDS = 5  # how often the console asks for a list that is looked at


class Watcher:
    """Scrapes each second, reads the event stream of the console, and asks for the list of streams as its page does."""

    def __init__(self, port):
        self.port, self.end, self.scrapes, self.events = port, threading.Event(), 0, 0
        self.threads = [threading.Thread(target=run, daemon=True) for run in (self._scrape, self._follow)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.end.set()
        for thread in self.threads:
            thread.join(5)

    def _get(self, connection, path):
        connection.request("GET", path)
        response = connection.getresponse()
        if response.status != 200:
            sys.exit(f"{path}: status {response.status}")
        return response.read()

    def _scrape(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        due = time.monotonic()
        while not self.end.wait(max(0, due - time.monotonic())):
            self._get(connection, "/metrics")
            if self.scrapes % LIST_SECONDS == 0:
                self._get(connection, "/streams?limit=50")
            self.scrapes += 1
            due += 1

    def _follow(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", "/events")
        response = connection.getresponse()
        while not self.end.is_set():
            self.events += response.readline().startswith(b"data:")


def load(tools, scenario, port, process):
    output = subprocess.run([tools["sseload"], "--port", str(port), "--pid", str(worker_pid(process)),
                             *load_arguments(scenario, "tinysse", 1)], capture_output=True, text=True, timeout=300)
    if not output.stdout:
        sys.exit(f"the load generator failed: {output.stderr.strip()}")
    result = json.loads(output.stdout)
    if result["delivered"] != result["expected"]:
        print(f"  {result['delivered']} of {result['expected']} delivered")
    return result["server"]["cpu_us_per_delivery"], result["lat_ms"]["p50"], result["lat_ms"]["p99"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scenario", default="paced-4k", choices=sorted(SCENARIOS))
    parser.add_argument("command", nargs="?", default=COMMAND)
    options = parser.parse_args()
    port, admin = free_port(), free_port()
    found = {"without": [], "with": []}
    with tempfile.TemporaryDirectory() as folder, open(os.path.join(folder, "server.log"), "ab") as log:
        tools = build(folder)
        process, _ = start(options.command.replace("{admin}", str(admin)), port, folder, log)
        try:
            for _ in range(2):
                load(tools, options.scenario, port, process)
            print(f"{options.scenario}: {SCENARIOS[options.scenario][0]}\n{'':10}{'CPU us/deliv':>14}{'p50 ms':>10}{'p99 ms':>10}")
            for _ in range(options.rounds):
                for name in found:
                    time.sleep(1)
                    if name == "with":
                        with Watcher(admin) as watcher:
                            numbers = load(tools, options.scenario, port, process)
                        note = f"   {watcher.scrapes} scrapes, {watcher.events} events"
                    else:
                        numbers, note = load(tools, options.scenario, port, process), ""
                    found[name].append(numbers)
                    print(f"{name:10}{numbers[0]:14.3f}{numbers[1]:10.2f}{numbers[2]:10.2f}{note}", flush=True)
        finally:
            stop(process)
    medians = {name: [statistics.median(column) for column in zip(*runs)] for name, runs in found.items()}
    for name, numbers in medians.items():
        print(f"median, {name:8}{numbers[0]:8.3f}{numbers[1]:10.2f}{numbers[2]:10.2f}")
    print("difference      " + "".join(f"{100 * (b / a - 1):+9.1f}%" for a, b in zip(medians["without"], medians["with"])))


if __name__ == "__main__":
    main()
