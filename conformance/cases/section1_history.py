"""Section 1: the options of sections 7 and 8."""

import os

from blackbox.channels import OURS
from blackbox.fixtures import SHOW_CLI
from conform import case, eq, ok

NEED_HISTORY = [("data-dir", "d"), ("history-age", "0s"), ("history-age", "1h"), ("history-size", "1MB"),
                ("durability", "synced"), ("durability", "written")]


def refusal(t, args=(), **options):
    server, status = t.run_to_exit(list(args), **options)
    eq(status, 2, f"exit status of {args}")
    lines = [line for line in server.output("err") if line.startswith("tinysse:")]
    eq(len(lines), 1, f"lines on standard error for {args}")
    return lines[0]


@case("1", "what is about history is an error at start without one: status 2, one line with option, value and origin",
      start=False, original=OURS)
def history_is_missing(t):
    for name, value in NEED_HISTORY:
        rule = f"tinysse: {name} needs a history, and there is history=0: {name}={value} (from "
        variable = "TINYSSE_" + name.upper().replace("-", "_")
        eq(refusal(t, ["--" + name, value]), rule + f"--{name})", "standard error")
        eq(refusal(t, ["--history", "0"], env={variable: value}), rule + variable + ")", "standard error")
        path = t.write("c.yaml", f"{name}: {value}\n")
        eq(refusal(t, ["--config", path]), rule + f"{name} in {path})", "standard error")


@case("1", "--durability without --data-dir is an error at start", start=False, original=OURS)
def durability_of_memory(t):
    line = refusal(t, ["--history", "10", "--durability", "synced"])
    ok("durability=synced" in line and "data-dir" in line, line)


@case("1", "values of the options for history that cannot be are an error at start", start=False, original=OURS)
def history_values(t):
    for name, value in (("history", "many"), ("history", "-1"), ("history-age", "old"), ("history-size", "0"),
                        ("history-size", "big"), ("durability", "never"), ("durability", "SYNCED"), ("data-dir", "")):
        line = refusal(t, ["--history", "5", "--" + name, value] if name != "history" else ["--history", value])
        ok(f"{name} must be " in line and f"(from --{name})" in line, line)


@case("1", "startup sees channels and history in cli, and without the options neither is there", start=False, original=OURS)
def cli_of_channels_and_history(t):
    names = ("channels", "history", "history_age", "history_size", "data_dir", "durability")
    t.start(["--channels", "--history", "7", "--history-age", "1m"], script=SHOW_CLI)
    cli = t.emitted("cli")[0]["cli"]
    eq([cli.get(name) for name in names], [True, 7, 60000, 64000000, None, None], "options")
    t.start(script=SHOW_CLI)
    cli = t.emitted("cli")[0]["cli"]
    eq([name for name in names if name in cli], [], "options that are there")


@case("1", "a data directory is created if it is not there, with mode 0700, and any name will do", start=False, original=OURS)
def data_dir_is_created(t):
    path = t.path("a b?ü/data")
    os.mkdir(t.path("a b?ü"))
    t.start(["--history", "5", "--data-dir", path])
    eq(oct(os.stat(path).st_mode & 0o777), "0o700", "mode")
    stored = t.publish("x")["id"]
    t.stop()
    t.start(["--history", "5", "--data-dir", path])
    t.sub("/sse?since=all").expect(f"id: {stored}\ndata: x")


@case("1", "a data directory that another process uses is status 1 and one line that names it", start=False, original=OURS)
def data_dir_in_use(t):
    path = t.path("data")
    first = t.start(["--history", "5", "--data-dir", path])
    server, status = t.run_to_exit(["--history", "5", "--data-dir", path])
    eq(status, 1, "exit status")
    lines = [line for line in server.output() if "ERROR" in line]
    ok(len(lines) == 1 and path in lines[0], f"lines: {lines}")
    ok(first.running(), "the first server has ended")


@case("1", "a history in memory takes a quarter of the heap at most by default; more than half of it is a warning",
      start=False, original=OURS)
def history_and_heap(t):
    t.start(["--history", "1000000"], env={"JAVA_OPTS": "-Xmx64m"}, script=SHOW_CLI)
    size = t.emitted("cli")[0]["cli"]["history_size"]
    ok(10_000_000 < size <= 16 << 20, f"history_size with a heap of 64 MB: {size}")
    lines = '{"data":"' + "x" * 1000 + '"}\n'
    for _ in range(1500):  # 90 MB
        eq(t.post(lines * 60, "application/x-ndjson").status, 202, "status")
    t.start(["--history", "10", "--history-size", "50MB"], env={"JAVA_OPTS": "-Xmx64m"})
    t.log(r"WARN tinysse: history-size=50000000 is more than half of the heap")
