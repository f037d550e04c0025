#!/usr/bin/env python3
"""Whether `tinysse bench` measures what is: its latencies beside those of sseload, by turns on one server.

    clients.py [--rounds 7] [--subs 1000] [--rate 20] [--seconds 10] [IMAGE]

IMAGE is the path of the command, without one that of the built image. Two runs warm the server up; the table has each
run, then the medians. CPU is that of the client per delivery, its start and the opening of its streams included. Needs cc.
All traffic stays on 127.0.0.1.
"""
import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

from bench import build, free_port, start, stop, worker_pid

IMAGE = pathlib.Path(__file__).resolve().parent.parent / "dist/target/tinysse/bin/tinysse"


def cpu_of_children():
    """Seconds of CPU that the children which have ended took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(command, deliveries):
    """The report of a load generator, percentiles in milliseconds, and the microseconds of CPU that it takes per delivery."""
    before = cpu_of_children()
    output = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if not output.stdout:
        sys.exit(f"{command[0]} failed: {output.stderr.strip()}")
    result = json.loads(output.stdout)
    percentiles = result.get("lat_ms", result)
    return percentiles["p50"], percentiles["p99"], (cpu_of_children() - before) * 1e6 / deliveries


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--subs", type=int, default=1000)
    parser.add_argument("--rate", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("image", nargs="?", default=str(IMAGE))
    options = parser.parse_args()
    deliveries = options.subs * options.rate * options.seconds
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, open(os.path.join(folder, "server.log"), "ab") as log:
        process, _ = start(f"{options.image} --listen 127.0.0.1:{{port}}", port, folder, log)
        subs, rate = str(options.subs), str(options.rate)
        commands = {
            "sseload": [build(folder)["sseload"], "--port", str(port), "--pid", str(worker_pid(process)), "--json", "--subs", subs,
                        "--rate", rate, "--msgs", str(options.rate * options.seconds), "--payload", "64"],
            "tinysse bench": [options.image, "bench", f"http://127.0.0.1:{port}/sse", "--json", "--subs", subs, "--rate", rate,
                              "--duration", f"{options.seconds}s", "--payload", "64"],
        }
        found = {name: [] for name in commands}
        try:
            for command in commands.values():
                run(command, deliveries)
            print(f"{'':16}{'p50 ms':>9}{'p99 ms':>9}{'CPU us':>9}")
            for turn in range(options.rounds):
                for name in sorted(commands, reverse=turn % 2 == 0):
                    time.sleep(1)
                    found[name].append(run(commands[name], deliveries))
                    print(f"{name:16}" + "".join(f"{number:9.2f}" for number in found[name][-1]), flush=True)
        finally:
            stop(process)
    medians = {name: [statistics.median(column) for column in zip(*runs)] for name, runs in found.items()}
    for name, numbers in medians.items():
        print(f"median, {name:16}" + "".join(f"{number:9.2f}" for number in numbers))
    print("difference, %           " + "".join(
        f"{100 * (b / a - 1):+9.1f}" for a, b in zip(medians["sseload"], medians["tinysse bench"])))


if __name__ == "__main__":
    main()
