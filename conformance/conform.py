#!/usr/bin/env python3
"""Black-box conformance runner for an SSE publish/subscribe server.

    conform.py --server "CMD ARGS…" [options] CASEFILE...

Every case gets a server process of its own: a fresh directory, a free loopback port, the case's flags, environment,
files and hook script. The case then talks to it over raw sockets and asserts what the contract says. The server is
stopped with SIGTERM, or killed if it does not go within the grace time. Exit status 0 means that no case failed.

A case file is a Python module:

    from conform import case, eq

    @case("2", "a published message gets status 202", args=["--capacity", "8"])
    def accepted(t):
        eq(t.post_json({"data": "x"}).status, 202, "status")

In `args`, `env`, `files` and `script` the tokens @PORT@ and @DIR@ stand for the port and the case's directory.
Standard library only.
"""

import argparse
import json
import os
import re
import shlex
import signal
import sys
import time

sys.modules.setdefault("conform", sys.modules[__name__])  # when run as a script, case files still find it by name

from blackbox.checks import Fail, Skip, eq, lacks, matches, ok, one_of, short
from blackbox.context import Context
from blackbox.eventstream import EventStreamParser
from blackbox.registry import CASES, EMIT, Case, case, load
from blackbox.runner import as_json, compare, run_all
from blackbox.server import Server, free_port
from blackbox.stream import Stream
from blackbox.wire import Connection, Head, Response, chunk_size, request_bytes

__all__ = [
    "CASES", "EMIT", "Case", "Connection", "Context", "EventStreamParser", "Fail", "Head", "Response", "Server", "Skip",
    "Stream", "case", "chunk_size", "eq", "free_port", "lacks", "matches", "ok", "one_of", "request_bytes", "short",
]


def command_line():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", required=True, help="the command that starts the server, with fixed arguments")
    parser.add_argument("--only", metavar="PATTERN",
                        help="run the cases whose name or section matches the regular expression")
    parser.add_argument("--no-script", action="store_true", help="skip the cases that need a hook script")
    parser.add_argument("--list", action="store_true",
                        help="print the selected cases and what each checks, run nothing")
    parser.add_argument("--record", metavar="FILE", help="write what the cases observed (t.observe) as JSON")
    parser.add_argument("--golden", metavar="FILE",
                        help="print where observations differ from a recorded file; never fails a case, because the "
                             "contract decides and not a recording")
    parser.add_argument("--json", metavar="OUT", help="write the results as JSON")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="run N cases at a time")
    parser.add_argument("--second-try", action="store_true",
                        help="run cases that failed once more, alone, and say so")
    parser.add_argument("--original", action="store_true",
                        help='the server is the reference program: cases declared "differs: …" must fail')
    parser.add_argument("--patience", type=float, default=8.0, metavar="S",
                        help="seconds to wait for something that must happen")
    parser.add_argument("--grace", type=float, default=5.0, metavar="S", help="seconds between SIGTERM and SIGKILL")
    parser.add_argument("--quiet", action="store_true", help="print no line for a case that passed")
    parser.add_argument("--verbose", action="store_true", help="show the server's output for each failed case")
    parser.add_argument("files", nargs="+", metavar="CASEFILE")
    return parser


def main():
    # a shell has what it starts in the background ignore SIGINT, and so would every server and client
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parser = command_line()
    options = parser.parse_args()
    first, *rest = shlex.split(options.server)
    if os.sep in first:  # cases run elsewhere, so a relative command has to be made absolute
        options.server = " ".join(shlex.quote(word) for word in [os.path.abspath(first), *rest])
    for path in options.files:
        load(path)
    names = [c.name for c in CASES]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        parser.error("case names must be unique: " + ", ".join(twice))
    chosen = [c for c in CASES if re.search(options.only or "", c.name)
              or re.search(options.only, "section " + c.section)]
    if options.list:
        for c in chosen:
            print(f"{c.section:5} {c.name}: {c.says}" + (f" [original {c.original}]" if c.original else ""))
        return 0
    begun = time.monotonic()
    results = run_all(chosen, options)
    write_files(results, options)
    return closing_lines(results, options, time.monotonic() - begun)


def write_files(results, options):
    if options.record:
        with open(options.record, "w") as out:
            json.dump({r.case.name: r.observed for r in results if r.observed}, out, indent=1, sort_keys=True)
    if options.golden:
        with open(options.golden) as recorded:
            for line in compare(json.load(recorded), results):
                print(line)
    if options.json:
        with open(options.json, "w") as out:
            out.write(as_json(results))


def closing_lines(results, options, seconds):
    """Prints the sums and hands back the exit status."""
    failed = [r for r in results if r.failed]
    skipped = sum(r.verdict == "SKIP" for r in results)
    if failed:
        print("failed: " + ", ".join(r.case.name for r in failed))
    known = sum(r.verdict == "KNOWN" for r in results)
    if known:
        print(f"known to fail: {known}")
    if options.original:
        print(f"differences as declared: {sum(r.verdict == 'DIFFERS' for r in results)}")
    print(f"{seconds:.0f} s")
    print(f"{len(results) - len(failed) - skipped} passed, {len(failed)} failed"
          + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or len(results) == skipped else 0


if __name__ == "__main__":
    sys.exit(main())
