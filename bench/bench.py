#!/usr/bin/env python3
"""Side-by-side benchmark of Server-Sent Events servers on one machine.

    bench.py [--rounds 3] [--alternate N] [--scenario NAME]... [--json FILE] NAME=COMMAND [NAME=COMMAND ...]

COMMAND starts a server in the foreground; {port} in it is replaced by a free port, {folder} by the path of a folder that is
empty at each start (in TMPDIR, which has to be on a disk where that is measured). {hook} is replaced by the path of a Lua script
whose `message` hook returns `pub` for every second stream, {hook.js} by that of the same in JavaScript, {hook.java} by the
name of a provider that does the same in Java (see `run-hooks`); such a command is in the scenario `hook` only, and others sit
that one out. `floor` (see floor.c) is always in the run. NAME may say what the load generator sends: NAME:/pub,/sub sets the
paths, NAME:/pub,/sub,raw (or json) the body too.

Rounds are interleaved (every server once, then again), so that noise of the machine meets all of them; the table shows
medians and the ratio to the floor. With --alternate each round starts all servers, warms them up, and lets N runs of the
load go by turns to each of them: for differences of a few per cent. Needs cc. All traffic stays on 127.0.0.1.
"""
import argparse
import json
import os
import pathlib
import re
import shlex
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
HOOKS = {"{hook}": str(HERE / "hooks/hook.lua"), "{hook.js}": str(HERE / "hooks/hook.js"),
         "{hook.java}": "every-second"}
SCENARIOS = {  # load generator's arguments, runs of it on the same server (the first ones warm it up)
    "closed-1k": ("--subs 1000 --msgs 1000", 3),
    "closed-8k": ("--subs 8000 --msgs 150 --addrs 4", 3),
    "paced-1k": ("--subs 1000 --msgs 100 --rate 10", 2),
    "paced-4k": ("--subs 4000 --msgs 200 --rate 20 --addrs 2", 2),
    "big-100": ("--subs 100 --msgs 2000 --payload 16384", 2),
    "hook": ("--subs 2000 --msgs 200 --wait 3", 3),
    "idle-10k": ("--subs 10000 --msgs 1 --addrs 4 --hold 5", 1),
    # publishers alone: what a publish costs the server
    "publish-64": ("--subs 0 --msgs 100000 --inflight 64 --payload 256 --json", 4),
    "publish-1": ("--subs 0 --msgs 40000 --inflight 1 --payload 256 --json", 4),
    # ten streams on one channel, and on each of 1,000; the servers are started with channels
    "channel-1": ("--subs 10 --msgs 20000 --inflight 8 --channels 1", 6),
    "channels-1k": ("--subs 10000 --msgs 20000 --inflight 8 --channels 1000 --addrs 4", 6),
    # one stream on one channel and on 128; 10,000 on one channel and on all by a pattern; the servers are started with channels
    "one-1": ("--subs 1 --msgs 40000 --inflight 8 --channels 1", 4),
    "one-128": ("--subs 1 --msgs 40000 --inflight 8 --channels 128 --sub-channels " + ",".join(f"c{n}" for n in range(128)), 4),
    "all-1": ("--subs 10000 --msgs 200 --channels 1 --addrs 4", 3),
    "all-pattern": ("--subs 10000 --msgs 200 --channels 1000 --sub-channels ** --addrs 4", 3),
    # the same load with and without ten streams that never read; not in a run that names no scenario
    "reading-1k": ("--subs 1000 --msgs 400 --rate 20 --payload 16384", 1),
    "stalled-1k": ("--subs 1000 --msgs 400 --rate 20 --payload 16384 --stalled 10", 1),
}
WITHOUT_FLOOR = {"one-128", "all-pattern"}  # the floor knows no lists of channels
LOADS = {}  # further arguments of the load generator by the name of a server: see peers
ON_REQUEST = {"reading-1k", "stalled-1k", "channel-1", "channels-1k", "one-1", "one-128", "all-1", "all-pattern"}
COLUMNS = [  # heading, width, format, path into the load generator's result; without one the first column's ratio to the floor
    ("CPU us/deliv", 13, ".2f", ("server", "cpu_us_per_delivery")),
    ("us/publish", 12, ".1f", ("server", "cpu_us_per_publish")),
    ("x floor", 9, ".2f", None),
    ("deliv/s", 10, ".0f", ("deliveries_per_s",)),
    ("p50 ms", 9, ".2f", ("lat_ms", "p50")),
    ("p99 ms", 9, ".2f", ("lat_ms", "p99")),
    ("KiB/sub", 9, ".1f", ("server", "kib_per_sub")),
    ("RSS MiB", 9, ".1f", ("server", "rss_end_mib")),
    ("start s", 9, ".3f", ("start_s",)),
    ("delivered", 11, ".0f", ("delivered",)),
    ("of", 9, ".0f", ("expected",)),
]
PUBLISH_COLUMNS = [  # the same where nobody subscribes: latencies are those of responses
    ("us/publish", 13, ".1f", ("server", "cpu_us_per_publish")),
    ("x floor", 9, ".2f", None),
    ("publishes/s", 13, ".0f", ("publish_per_s",)),
    ("p50 ms", 9, ".3f", ("ack_ms", "p50")),
    ("p99 ms", 9, ".3f", ("ack_ms", "p99")),
    ("RSS MiB", 9, ".1f", ("server", "rss_end_mib")),
    ("start s", 9, ".3f", ("start_s",)),
    ("acked", 11, ".0f", ("acked",)),
    ("of", 9, ".0f", ("msgs",)),
]


def build(folder):
    """Compiles the load generator and the floor; hands back their paths by name."""
    for name in ("sseload", "floor"):
        subprocess.run(["cc", "-O2", "-o", f"{folder}/{name}", str(HERE / f"{name}.c")], check=True)
    return {name: f"{folder}/{name}" for name in ("sseload", "floor")}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(command, port, folder, log):
    """Starts a server; hands back its process and the seconds until its port accepted."""
    values = {"{port}": str(port), "{folder}": tempfile.mkdtemp(dir=folder), **HOOKS}
    args = [re.sub(r"\{(port|folder|hook[.a-z]*)}", lambda m: values[m[0]], word) for word in shlex.split(command)]
    began = time.monotonic()
    process = subprocess.Popen(args, stdout=log, stderr=log, env={**os.environ, "TMPDIR": folder})
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return process, time.monotonic() - began
        except OSError:
            if process.poll() is not None or time.monotonic() - began > 30:
                sys.exit(f"did not start: {command}")
            time.sleep(0.005)


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def worker_pid(process):
    """The process that does the work: the last child of a wrapper, else the process itself."""
    children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(children[-1]) if children else process.pid


def resident_mib(pid, kind="Pss"):
    """Resident memory; of what it shares with other processes its part, or with the kind Rss all."""
    rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith(f"{kind}:")) / 1024


def load_arguments(scenario, name, scale):
    """The arguments of the load generator for this scenario and this server's paths."""
    arguments = re.sub(r"--msgs (\d+)", lambda m: f"--msgs {max(1, int(int(m[1]) * scale))}", SCENARIOS[scenario][0])
    _, _, paths = name.partition(":")
    if paths:
        pub, sub, *body = paths.split(",")
        arguments += f" --pub-path {pub} --sub-path {sub}" + "".join(f" --{b}" for b in body)
    if "--wait" not in arguments:
        arguments += " --wait 8"
    return arguments.split() + LOADS.get(name, [])


class Server:
    """A server that has been started, and the load on it."""

    def __init__(self, name, command, folder):
        self.name, self.port = name, free_port()
        with open(f"{folder}/server.log", "ab") as log:
            self.process, self.seconds = start(command, self.port, folder, log)

    def load(self, tools, scenario, scale):
        """One run of the load generator: its result."""
        command = [tools["sseload"], "--port", str(self.port), "--pid", str(worker_pid(self.process))]
        output = subprocess.run(command + load_arguments(scenario, self.name, scale), capture_output=True, text=True,
                                timeout=300)
        if not output.stdout:
            sys.exit(f"{scenario}, {self.name}: the load generator failed: {output.stderr.strip()}")
        time.sleep(1)
        return {**json.loads(output.stdout), "start_s": self.seconds}

    def stop(self):
        stop(self.process)


def run(tools, scenario, name, command, folder, scale):
    """One round of one server: a fresh process, some runs of the load on it, and the result of the last one."""
    server = Server(name, command, folder)
    try:
        time.sleep(0.5)
        return [server.load(tools, scenario, scale) for _ in range(SCENARIOS[scenario][1])][-1:]
    finally:
        server.stop()


def run_by_turns(tools, scenario, commands, folder, scale, turns):
    """One round of all servers side by side: their results by name, `turns` of them each."""
    servers, found = [], {name: [] for name in commands}
    try:
        for name, command in commands.items():
            servers.append(Server(name, command, folder))
        for turn in range(SCENARIOS[scenario][1] - 1 + turns):
            for server in servers if turn % 2 else reversed(servers):
                result = server.load(tools, scenario, scale)
                if turn >= SCENARIOS[scenario][1] - 1:
                    found[server.name].append(result)
        return found
    finally:
        for server in servers:
            server.stop()


def median(results, path):
    values = []
    for result in results:
        for key in path:
            result = result[key]
        values.append(result)
    return statistics.median(values)


def report(scenario, found):
    print(f"\n{scenario}: {SCENARIOS[scenario][0][:100]}")
    first = next(iter(found.values()))
    columns = COLUMNS if median(first, ("subs",)) else PUBLISH_COLUMNS
    print(" " * 14 + "".join(f"{heading:>{width}}" for heading, width, _, _ in columns))
    cost = columns[0][3]
    base = median(first, cost)
    for name, results in found.items():
        line = f"{name.partition(':')[0]:14}"
        for _, width, form, path in columns:
            value = median(results, path or cost)
            if path is None:
                value = value / base if base else 0
            line += f"{value:{width}{form}}"
        print(line, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alternate", type=int, metavar="N", default=0, help="runs of the load by turns in each round")
    parser.add_argument("--scenario", action="append", choices=sorted(SCENARIOS))
    parser.add_argument("--scale", type=float, default=1,
                        help="multiply the number of messages, for a quick look or a slow server")
    parser.add_argument("--json", metavar="FILE", help="write every round's result")
    parser.add_argument("server", nargs="+", metavar="NAME=COMMAND")
    options = parser.parse_args()
    every = {}
    with tempfile.TemporaryDirectory() as folder:
        tools = build(folder)
        servers = {"floor": f"{tools['floor']} {{port}}", **dict(s.split("=", 1) for s in options.server)}
        for scenario in options.scenario or [s for s in SCENARIOS if s not in ON_REQUEST]:
            wanted = {n: c for n, c in servers.items()
                      if (n == "floor" and not options.alternate and scenario not in WITHOUT_FLOOR)
                      or (n != "floor" and ("{hook" in c) == (scenario == "hook"))}
            found = {n: [] for n in wanted}
            for _ in range(options.rounds):
                if options.alternate:
                    by_turns = run_by_turns(tools, scenario, wanted, folder, options.scale, options.alternate)
                for name, command in wanted.items():
                    found[name] += (by_turns[name] if options.alternate
                                    else run(tools, scenario, name, command, folder, options.scale))
            every[scenario] = found
            report(scenario, found)
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(every, indent=1))


if __name__ == "__main__":
    main()
