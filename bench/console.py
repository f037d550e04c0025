#!/usr/bin/env python3
"""Whether servers and console grow under load: a console that stays open while many streams get many messages.

    console.py [--streams 19000] [--rate 5000] [--minutes 10] [--nodes 1] [COMMAND]

COMMAND starts a server, with {port} and {admin} for its two ports; without one, that of the built image. With --nodes that many
of them on one redis-server, {redis} in the command, share the streams and the messages, and the console is the first one's. Each
stream has a channel of its own. The table has a line a minute: the resident memory and open files of the servers, and of the page
its elements, what its scripts hold after a collection, and the memory of the browser's processes. A load generator and a server
need a file for each of their streams (`ulimit -Hn`). Needs cc and Chromium, and for several nodes redis-server. All traffic stays
on 127.0.0.1.
"""
import argparse
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from bench import build, free_port, resident_mib, start, stop, worker_pid
from cluster import start_engine
from operators import COMMAND

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "conformance"))
from blackbox.browser import Browser  # noqa: E402

BROWSER_SECONDS = 60  # how long the browser may take to respond on a busy machine


def descendants(pid):
    """A process and those that it has started, as far as they are still there."""
    with contextlib.suppress(FileNotFoundError):
        children = [int(child) for task in pathlib.Path(f"/proc/{pid}/task").iterdir()
                    for child in (task / "children").read_text().split()]
        return [pid, *(further for child in children for further in descendants(child))]
    return []


def memory_of(pids):
    total = 0
    for pid in pids:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            total += resident_mib(pid)
    return total


def figures(servers, browser, page):
    page.browser.call("HeapProfiler.collectGarbage", page.session)
    return (" ".join(f"{resident_mib(server):.0f}" for server in servers),
            sum(len(os.listdir(f"/proc/{server}/fd")) for server in servers),
            page.evaluate("document.querySelectorAll('*').length"),
            page.evaluate("performance.memory.usedJSHeapSize") / (1 << 20),
            memory_of(descendants(browser.process.pid)))


def watch(browser, page, servers, minutes):
    """Prints a line a minute."""
    page.browser.call("HeapProfiler.enable", page.session)
    print(f"{'minute':>6}{'server MiB':>16}{'files':>8}{'elements':>10}{'scripts MiB':>13}{'browser MiB':>13}")
    for minute in range(1, minutes + 1):
        time.sleep(60)
        resident, files, elements, scripts, memory = figures(servers, browser, page)
        print(f"{minute:6}{resident:>16}{files:8}{elements:10}{scripts:13.2f}{memory:13.1f}", flush=True)


def load(generator, port, server, number, options):
    """Starts the load on one of the servers, on channels of its own."""
    streams, rate = options.streams // options.nodes, options.rate // options.nodes
    return subprocess.Popen(
        [generator, "--port", str(port), "--pid", str(server), "--subs", str(streams), "--channels", str(streams),
         "--first-channel", str(number * streams), "--rate", str(rate), "--inflight", "8", "--addrs", "4",
         "--msgs", str(rate * options.minutes * 60)], stdout=subprocess.PIPE, text=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=19_000)
    parser.add_argument("--rate", type=int, default=5_000)
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("command", nargs="?")
    options = parser.parse_args()
    if options.rate < options.nodes:
        parser.error("--rate: at least one message a second for each node")
    command = options.command or (COMMAND + " --channels --timeout 0s"
                                  + (" --cluster redis://127.0.0.1:{redis}" if options.nodes > 1 else ""))
    with (tempfile.TemporaryDirectory() as folder, open(os.path.join(folder, "server.log"), "ab") as log,
          contextlib.ExitStack() as ends):
        if "{redis}" in command:
            command = command.replace("{redis}", str(start_engine(ends, folder, log)))
        generator, consoles, servers, loads = build(folder)["sseload"], [], [], []
        for number in range(options.nodes):
            port, admin = free_port(), free_port()
            process, _ = start(command.replace("{admin}", str(admin)), port, folder, log)
            ends.callback(stop, process)
            consoles.append(admin)
            servers.append(worker_pid(process))
            loads.append(ends.enter_context(load(generator, port, servers[-1], number, options)))
            ends.callback(loads[-1].kill)
        with Browser(folder, BROWSER_SECONDS, ["--enable-precise-memory-info"]) as browser:
            watch(browser, browser.open(f"http://127.0.0.1:{consoles[0]}/"), servers, options.minutes)
        for process in loads:
            result = json.loads(process.communicate()[0])
            print(f"{result['delivered']} of {result['expected']} delivered, {result['publish_per_s']} messages a second")


if __name__ == "__main__":
    main()
