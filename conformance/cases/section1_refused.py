"""Section 1: values and files that end the start."""

import re
import socket

from conform import case, eq, lacks, matches, ok


BAD_VALUES = [("--keep-alive", "soon"), ("--timeout", "5 parsecs"), ("--timeout-retry", "x"), ("--capacity", "many"),
              ("--max-body-size", "huge"), ("--log-level", "LOUD"), ("--script-tick", "ms"), ("--cors-max-age", "old"),
              ("--listen", "nowhere")]


@case("1", "a bad value ends the start with status 2 and names the option and the value", start=False)
def bad_value(t):
    for flag, value in BAD_VALUES:
        server, status = t.run_to_exit([flag, value], listen=flag != "--listen")
        eq(status, 2, f"exit status of {flag} {value!r}")
        text = "\n".join(server.output("err"))
        ok(flag.lstrip("-") in text and value in text, f"{flag} {value!r} not named on standard error: {text[:200]!r}")
        lacks(r"(?m)^\s+at \S+\(|Exception|backtrace", text, "standard error")


@case("1", "the message for a bad value is one line that says what is accepted", start=False,
      original="differs: three lines, and no word about accepted values for most options")
def bad_value_is_one_line(t):
    for flag, value, accepted in (("--keep-alive", "soon", r"\d+\s?(ms|s|m|h)\b"),
                                  ("--log-level", "LOUD", r"(?i)error.*warn.*info.*debug.*trace"),
                                  ("--max-body-size", "huge", r"\d\s?(KB|KiB|MB)")):
        server, status = t.run_to_exit([flag, value])
        eq(status, 2, f"exit status of {flag} {value!r}")
        lines = [line for line in server.output("err") if line.strip()]
        eq(len(lines), 1, f"lines on standard error for {flag} {value!r}")
        ok(flag in lines[0] and value in lines[0], f"{flag} {value!r} not named: {lines[0]!r}")
        matches(accepted, lines[0], f"accepted values for {flag}")


@case("1", "an unknown flag and a missing value end the start with status 2", start=False)
def unknown_flag(t):
    server, status = t.run_to_exit(["--colour", "red"])
    eq(status, 2, "exit status of --colour red")
    matches("--colour", "\n".join(server.output("err")), "standard error")
    server, status = t.run_to_exit(["--keep-alive"])
    eq(status, 2, "exit status of --keep-alive without a value")
    matches("--keep-alive", "\n".join(server.output("err")), "standard error")


@case("1", "a capacity of 0 is a bad value: status 2, no stack trace", start=False,
      original="differs: panics with status 101")
def capacity_zero(t):
    server, status = t.run_to_exit(["--capacity", "0"])
    eq(status, 2, "exit status")
    matches("capacity", "\n".join(server.output("err")), "standard error")


@case("1", "--cors-allow-credentials together with * is refused at start with status 2", start=False,
      original="differs: panics with status 101")
def credentials_with_star(t):
    server, status = t.run_to_exit(["--cors-allow-credentials"])
    eq(status, 2, "exit status")
    matches("cors-allow-credentials", "\n".join(server.output("err")), "standard error")


@case("1", "an unknown key in the file is one line with the key and the file, status 2", start=False,
      original="differs: has no --config")
def config_unknown_key(t):
    path = t.write("conf.yaml", "keep-alive: 1s\nkeepalive: 2s\n")
    server, status = t.run_to_exit(["--config", path])
    eq(status, 2, "exit status")
    lines = [line for line in server.output("err") if line.strip()]
    eq(len(lines), 1, "lines on standard error")
    ok(re.search(r"\bkeepalive\b", lines[0]) and "conf.yaml" in lines[0], f"key or file not named: {lines[0]!r}")


@case("1", "a configuration file that is not there is one line with its name, status 2", start=False,
      original="differs: has no --config")
def config_missing(t):
    server, status = t.run_to_exit(["--config", t.path("none.yaml")])
    eq(status, 2, "exit status")
    lines = [line for line in server.output("err") if line.strip()]
    eq(len(lines), 1, "lines on standard error")
    ok("none.yaml" in lines[0], f"file not named: {lines[0]!r}")


@case("1", "a port that is taken is status 1 with a clear line", start=False)
def port_taken(t):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        server, status = t.run_to_exit(["--listen", f"127.0.0.1:{other.getsockname()[1]}"], listen=False)
    eq(status, 1, "exit status")
    text = "\n".join(server.output())
    matches(r"(?i)in use|bind|taken", text, "output")
    lacks(r"(?m)^\s+at \S+\(", text, "output")


@case("1", "a script with a syntax error is status 1 and a line with file and line number", start=False)
def script_syntax_error(t):
    path = t.write("broken.lua", "local x = 1\nlocal y = 2\nfunction publish(pub\n  return pub\nend\n")
    server, status = t.run_to_exit(["--script", path])
    eq(status, 1, "exit status")
    matches(r"broken\.lua\"?\]?:4\b", "\n".join(server.output()), "output")


@case("1", "a script that fails while it loads is status 1 and a line with file and line number", start=False)
def script_load_error(t):
    path = t.write("fails.lua", "local x = 1\n\nerror('not today')\n")
    server, status = t.run_to_exit(["--script", path])
    eq(status, 1, "exit status")
    matches(r"fails\.lua\"?\]?:3: not today", "\n".join(server.output()), "output")


@case("1", "a script that is not there is status 1 and a line with its name", start=False,
      original="differs: does not name the file")
def script_missing(t):
    server, status = t.run_to_exit(["--script", t.path("nothing.lua")])
    eq(status, 1, "exit status")
    matches(r"nothing\.lua", "\n".join(server.output()), "output")
