#!/usr/bin/env python3
"""Whether server and console grow under load: a console that stays open while many streams get many messages.

    console.py [--streams 19000] [--rate 5000] [--minutes 10] [COMMAND]

COMMAND starts the server, with {port} and {admin} for its two ports; without one, that of the built image. Each stream has a
channel of its own. The table has a line a minute: the server's resident memory and open files, and of the page its nodes, what
its scripts hold after a collection, and the memory of the browser's processes. The load generator and the server need a
file for each stream (`ulimit -Hn`). Needs cc and Chromium. All traffic stays on 127.0.0.1.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from bench import build, free_port, resident_mib, start, stop, worker_pid
from operators import COMMAND

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "conformance"))
from blackbox.browser import Browser  # noqa: E402

BROWSER_SECONDS = 60  # how long the browser may take to respond on a busy machine


def descendants(pid):
    children = [int(child) for task in pathlib.Path(f"/proc/{pid}/task").iterdir()
                for child in (task / "children").read_text().split()]
    return [pid, *(further for child in children for further in descendants(child))]


def figures(server, browser, page):
    page.browser.call("HeapProfiler.collectGarbage", page.session)
    return (resident_mib(server), len(os.listdir(f"/proc/{server}/fd")),
            page.evaluate("document.querySelectorAll('*').length"),
            page.evaluate("performance.memory.usedJSHeapSize") / (1 << 20),
            sum(resident_mib(pid) for pid in descendants(browser.process.pid)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=19_000)
    parser.add_argument("--rate", type=int, default=5_000)
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("command", nargs="?", default=COMMAND + " --channels --timeout 0s")
    options = parser.parse_args()
    port, admin = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder, open(os.path.join(folder, "server.log"), "ab") as log:
        process, _ = start(options.command.replace("{admin}", str(admin)), port, folder, log)
        server = worker_pid(process)
        load = subprocess.Popen(
            [build(folder)["sseload"], "--port", str(port), "--pid", str(server), "--subs", str(options.streams),
             "--channels", str(options.streams), "--rate", str(options.rate), "--inflight", "8", "--addrs", "4",
             "--msgs", str(options.rate * options.minutes * 60)], stdout=subprocess.PIPE, text=True)
        try:
            with Browser(folder, BROWSER_SECONDS, ["--enable-precise-memory-info"]) as browser:
                page = browser.open(f"http://127.0.0.1:{admin}/")
                page.browser.call("HeapProfiler.enable", page.session)
                print(f"{'minute':>6}{'server MiB':>12}{'files':>8}{'nodes':>8}{'scripts MiB':>13}{'browser MiB':>13}")
                minute = 0
                while minute < options.minutes:
                    time.sleep(60)
                    minute += 1
                    rss, files, nodes, scripts, memory = figures(server, browser, page)
                    print(f"{minute:6}{rss:12.1f}{files:8}{nodes:8}{scripts:13.2f}{memory:13.1f}", flush=True)
            result = json.loads(load.communicate()[0])
            print(f"{result['delivered']} of {result['expected']} delivered, {result['publish_per_s']} messages a second")
        finally:
            load.kill()
            load.wait()
            stop(process)


if __name__ == "__main__":
    main()
