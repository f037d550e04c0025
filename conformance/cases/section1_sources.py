"""Section 1: where a value may come from, and how a bad one is named."""

import json
import os
import signal
import socket

from conform import Skip, case, eq, free_port, lacks, matches, ok


def refused(t, args=(), names=(), status=2, **options):
    """The start ends with this status and one line on standard error (or in the log) that has all the names."""
    server, got = t.run_to_exit(list(args), **options)
    said = [line for line in server.output() if line.strip()]
    eq(got, status, f"exit status with {' '.join(args) or options}; it said {said}")
    if status == 2:
        eq(len(server.output("err")), 1, f"lines on standard error with {' '.join(args) or options}")
    for name in names:
        ok(name in "\n".join(said), f"{name!r} is not named: {said}")
    lacks(r"(?m)^\s+at \S+\(|Exception", "\n".join(said), "output")


@case("1", "a bad value in a variable is one line that names the option, the value and the variable", start=False,
      original="differs: does not name the variable")
def environment_bad_value(t):
    for variable, option, value in (("TINYSSE_KEEP_ALIVE", "keep-alive", "soon"),
                                    ("TINYSSE_CAPACITY", "capacity", "-3"),
                                    ("TINYSSE_UNSAFE_SCRIPT", "unsafe-script", "maybe"),
                                    ("TINYSSE_PUB_PATH", "pub-path", "news")):
        refused(t, names=(option, value, variable), env={variable: value})


@case("1", "a bad value in the file is one line that names the key, the value and the file", start=False,
      original="differs: has no --config")
def config_bad_value(t):
    for text, key, value in (("keep-alive: soon", "keep-alive", "soon"), ("capacity: 0", "capacity", "0"),
                             ("capacity: many", "capacity", "many"), ("max-body-size: [1]", "max-body-size", ""),
                             ("sub-path: news", "sub-path", "news"), ("listen: {a: b}", "listen", "")):
        refused(t, ["--config", t.write("c.yaml", text + "\n")], (key, value, "c.yaml"), listen="listen" not in text)


@case("1", "a file that is no YAML, or no map of keys, is one line that names it", start=False,
      original="differs: has no --config")
def config_malformed(t):
    for text in ("keep-alive: [1s\n", "a: b: c\n", "\tkeep-alive: 1s\n", "- keep-alive\n", "just words\n",
                 b"\xff\xfe\x00", "a: &a [*a]\n", "!!javax.script.X {}\n"):
        refused(t, ["--config", t.write("c.yaml", text)], ["c.yaml"])
    refused(t, ["--config", t.dir], [os.path.basename(t.dir)])


@case("1", "the file may be named by TINYSSE_CONFIG, may be empty, and numbers need no quotes", start=False,
      original="differs: has no --config")
def config_by_environment(t):
    t.start(env={"TINYSSE_CONFIG": t.write("c.yaml", "max-body-size: 90\ncapacity: 4\npub-path: /in\n")})
    eq(t.post(b'{"data":"' + b"x" * 90 + b'"}', path="/in").status, 413, "status above 90 bytes")
    for text in ("", "# nothing but a comment\n", "---\n"):
        t.start(["--config", t.write("c.yaml", text)])
        eq(t.post_json({"data": "x"}).status, 202, f"status with the file {text!r}")


@case("1", "our further flags have a variable and a key too", start=False, original="differs: has none of them")
def further_flags(t):
    by_file = ["--config", t.write("c.yaml", "max-subscribers: 1\n")]
    for args, env in ((["--max-subscribers", "1"], {}), ([], {"TINYSSE_MAX_SUBSCRIBERS": "1"}), (by_file, {})):
        t.start(args, env=env)
        t.sub()
        eq(t.get("/sse").status, 503, f"status of the second stream with {args} {env}")


@case("1", "--help names our further flags", start=False, original="differs: has none of them")
def help_names_further_flags(t):
    server, _ = t.run_to_exit(["--help"], listen=False)
    text = "\n".join(server.output("out"))
    flags = ("config", "write-timeout", "drain-timeout", "max-subscribers", "health-path")
    eq([name for name in flags if f"--{name}" not in text], [], "flags missing in the output")


@case("1", "a path without its slash is a bad value", start=False, original="differs: panics with status 101")
def path_without_slash(t):
    for flag in ("--pub-path", "--sub-path", "--serve-static-path", "--health-path"):
        refused(t, [flag, "news"], (flag, "news"))


@case("1", "a capacity below 1 or beyond reason is a bad value", start=False,
      original="differs: panics with status 101")
def capacity_beyond_reason(t):
    for value in ("-1", "4611686018427387904", "99999999999999999999", "1.5", ""):
        refused(t, [f"--capacity={value}"], ("--capacity", value))


@case("1", "credentials with * for origin, methods or headers are refused", start=False,
      original="differs: panics with status 101")
def credentials_with_any_star(t):
    lists = {"origin": "http://a.example", "methods": "GET", "headers": "X-One"}
    for star in lists:
        args = ["--cors-allow-credentials"]
        for name, value in {**lists, star: "*"}.items():
            args += [f"--cors-allow-{name}", value]
        refused(t, args, ["cors-allow-credentials"])
    t.start(["--cors-allow-credentials", *(w for n, v in lists.items() for w in (f"--cors-allow-{n}", v))])
    t.sub()


@case("1", "names in a CORS list that cannot be are refused", start=False, original="differs: drops them silently")
def cors_impossible_names(t):
    for flag, value in (("--cors-allow-origin", "a.example"), ("--cors-allow-origin", "http://a.example/path"),
                        ("--cors-allow-methods", "GET, PO ST"), ("--cors-allow-headers", "X-One, X:Two")):
        refused(t, [flag, value], [flag])


@case("1", "a static folder that is not there is status 1 and a line with its name", start=False,
      original="differs: starts")
def static_folder_missing(t):
    refused(t, ["--serve-static-dir", t.path("nowhere")], [t.path("nowhere")], status=1)


@case("1", "the line for a port that is taken has the address", start=False, original="differs: does not say it")
def port_taken_is_named(t):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        refused(t, ["--listen", address], [address], status=1, listen=False)


@case("1", "an IPv6 address is written in brackets", start=False)
def ipv6_address(t):
    try:
        free_port(socket.AF_INET6)
    except OSError:
        raise Skip("no IPv6 here") from None
    t.start(host="::1")
    t.log(rf"Listening on \[::1\]:{t.port}\b")
    stream = t.sub(host="::1")
    response = t.request("POST", "/sse", {"Content-Type": "application/json"}, b'{"data":"x"}', host="::1")
    eq((response.status, json.loads(response.body)["subscribers"]), (202, 1), "publish")
    stream.expect("data: x")


@case("1", "a stop by SIGINT is status 0", original="differs: dies by the signal")
def interrupt_status(t):
    t.may_exit = True
    t.server.signal(signal.SIGINT)
    eq(t.server.wait_exit(15), 0, "exit status")


@case("1", "a timer of 0s is off: the stream stays", args=["--timeout", "0s", "--keep-alive", "0s"],
      original="differs: sends keep-alives without a pause")
def timers_off(t):
    stream = t.sub()
    eq(stream.drain(1.0), "", "what the stream got")
    ok(not stream.ended, "the stream ended")


@case("1", "the default limit for a body is 64 KB, KB being 1000")
def default_body_limit(t):
    body = lambda size: b'{"data":"' + b"x" * (size - 11) + b'"}'
    eq([t.post(body(size)).status for size in (64000, 64001)], [202, 413], "statuses of 64000 and 64001 bytes")


@case("1", "levels are read in any case, and WARN hides the two lines of the start", start=False)
def log_level(t):
    for level in ("warn", "Warn", "ERROR"):
        t.start(["--log-level", level])
        lacks(r"Listening on|INFO", "\n".join(t.server.output()), f"output at {level}")
    for level in ("info", "Debug", "TRACE"):
        t.start(["--log-level", level])
        matches(r"Listening on", t.log("Listening on")[0], f"output at {level}")


@case("1", "a variable that begins with TINYSSE_ and that no option has is a WARN that names it and the nearest one",
      env={"TINYSSE_KEEP_ALVE": "1s", "TINYSSE_URL": "http://127.0.0.1", "TINYSSE_SERVICE_HOST": "10.0.0.1"},
      original="differs: ignores it")
def unknown_variable(t):
    t.log(r"WARN tinysse: .*did you mean TINYSSE_KEEP_ALIVE\?.*: TINYSSE_KEEP_ALVE$")
    eq(len([line for line in t.server.output() if " WARN " in line]), 1, "warnings")


@case("1", "an asterisk without quotes in the file is one line with the line, the key and what to write", start=False,
      original="differs: has no --config")
def config_asterisk(t):
    t.write("a.yaml", "capacity: 8\ncors-allow-origin: *\n")
    refused(t, ["--config", t.path("a.yaml")], ["line 2: cors-allow-origin: ", "needs quotes, as in \"*\""])
