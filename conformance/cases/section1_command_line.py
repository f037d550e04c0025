"""Section 1: flags, environment, start and exit."""

import re
import time

from blackbox.fixtures import SHOW_CLI
from conform import case, eq, free_port, matches


@case("1", "the start is logged: one line with name and version, one with the address", start=False)
def start_is_logged(t):
    t.start()
    t.log(rf"Listening on 127\.0\.0\.1:{t.port}\b")
    t.log(r"(?i)tinysse\W+v?\d+\.\d+")


@case("1", "port 0 is allowed and the log shows the port that was chosen", start=False)
def port_zero_is_shown(t):
    t.start(["--listen", "127.0.0.1:0"], listen=False, wait=False)
    line = t.server.wait_line(r"Listening on 127\.0\.0\.1:[1-9]\d*", 30)[0]
    t.port = int(re.search(r"Listening on 127\.0\.0\.1:(\d+)", line).group(1))
    t.sub()


@case("1", "without --listen the address is 127.0.0.1:1983", start=False)
def default_address(t):
    t.start(listen=False, wait=False)
    deadline = time.monotonic() + 30
    while t.server.running() and time.monotonic() < deadline:
        if any("Listening on 127.0.0.1:1983" in line for line in t.server.output()):
            return
        time.sleep(0.02)
    t.may_exit = True  # the port can be in use on this machine; then the error has to be about it
    t.server.finish_reading()
    matches(r"1983|in use", "\n".join(t.server.output()), "output")


@case("1", "--version and -V print the version and exit with 0", start=False)
def version_flag(t):
    for flag in ("--version", "-V"):
        server, status = t.run_to_exit([flag], listen=False)
        eq(status, 0, f"exit status of {flag}")
        matches(r"\d+\.\d+", "\n".join(server.output("out")), f"output of {flag}")


@case("1", "--help and -h list every flag and exit with 0", start=False)
def help_flag(t):
    flags = """listen log-level keep-alive keep-alive-text timeout timeout-retry capacity script script-data script-tick
        unsafe-script max-body-size pub-path sub-path serve-static-dir serve-static-path cors-allow-origin
        cors-allow-methods cors-allow-headers cors-allow-credentials cors-max-age help version""".split()
    for flag in ("--help", "-h"):
        server, status = t.run_to_exit([flag], listen=False)
        eq(status, 0, f"exit status of {flag}")
        text = "\n".join(server.output("out"))
        eq([name for name in flags if f"--{name}" not in text], [], f"flags missing in the output of {flag}")


@case("1", "the defaults are those of the table", script=SHOW_CLI)
def defaults(t):
    cli = t.emitted("cli")[0]["cli"]
    want = {"log_level": "INFO", "keep_alive": 60000, "keep_alive_text": "keep-alive", "timeout": 300000,
            "timeout_retry": 0, "capacity": 256, "script_tick": 500, "unsafe_script": False, "pub_path": "/sse",
            "sub_path": "/sse", "serve_static_path": "/"}
    eq({k: cli.get(k) for k in want}, want, "cli")
    eq([k for k in ("script_data", "serve_static_dir") if k in cli], [], "absent options")


@case("1", "every option has its short form", start=False)
def short_flags(t):
    t.write("www/index.html", "home")
    port = free_port()
    t.start(["-l", f"127.0.0.1:{port}", "-L", "WARN", "-k", "2m", "-K", "tick", "-t", "1h", "-r", "3s", "-c", "32",
             "-s", t.write("s.lua", SHOW_CLI), "-m", "300", "-P", "/p", "-S", "/s", "-D", t.path("www"), "-U", "/f"],
            listen=False, port=port)
    cli = t.emitted("cli")[0]["cli"]
    want = {"listen": f"127.0.0.1:{port}", "log_level": "WARN", "keep_alive": 120000, "keep_alive_text": "tick",
            "timeout": 3600000, "timeout_retry": 3000, "capacity": 32, "script": t.path("s.lua"), "pub_path": "/p",
            "sub_path": "/s", "serve_static_dir": t.path("www"), "serve_static_path": "/f"}
    eq({k: cli.get(k) for k in want}, want, "cli")
    eq(t.post(b'{"data":"' + b"x" * 300 + b'"}', path="/p").status, 413, "status above -m 300")
    t.sub("/s")
    eq(t.get("/f/index.html").body, b"home", "static file")


@case("1", "every option can come from its environment variable", start=False)
def environment(t):
    t.write("www/index.html", "home")
    port = free_port()
    t.start(listen=False, port=port, env={
        "TINYSSE_LISTEN": f"127.0.0.1:{port}", "TINYSSE_LOG_LEVEL": "ERROR", "TINYSSE_KEEP_ALIVE": "90s",
        "TINYSSE_KEEP_ALIVE_TEXT": "still here", "TINYSSE_TIMEOUT": "0s", "TINYSSE_TIMEOUT_RETRY": "250ms",
        "TINYSSE_CAPACITY": "64", "TINYSSE_SCRIPT": t.write("env.lua", SHOW_CLI), "TINYSSE_SCRIPT_DATA": "from env",
        "TINYSSE_SCRIPT_TICK": "5s", "TINYSSE_UNSAFE_SCRIPT": "true", "TINYSSE_MAX_BODY_SIZE": "100",
        "TINYSSE_PUB_PATH": "/in", "TINYSSE_SUB_PATH": "/out", "TINYSSE_SERVE_STATIC_DIR": t.path("www"),
        "TINYSSE_SERVE_STATIC_PATH": "/web", "TINYSSE_CORS_ALLOW_ORIGIN": "http://one.example",
        "TINYSSE_CORS_ALLOW_METHODS": "GET", "TINYSSE_CORS_ALLOW_HEADERS": "X-One", "TINYSSE_CORS_MAX_AGE": "2m",
        "TINYSSE_CORS_ALLOW_CREDENTIALS": "true"})
    cli = t.emitted("cli")[0]["cli"]
    want = {"listen": f"127.0.0.1:{port}", "log_level": "ERROR", "keep_alive": 90000, "keep_alive_text": "still here",
            "timeout": 0, "timeout_retry": 250, "capacity": 64, "script": t.path("env.lua"), "script_data": "from env",
            "script_tick": 5000, "unsafe_script": True, "pub_path": "/in", "sub_path": "/out",
            "serve_static_dir": t.path("www"), "serve_static_path": "/web"}
    eq({k: cli.get(k) for k in want}, want, "cli")
    eq(t.post(b'{"data":"' + b"x" * 100 + b'"}', path="/in").status, 413, "status above 100 bytes")
    t.sub("/out")
    eq(t.get("/web/index.html").body, b"home", "static file")
    response = t.request("OPTIONS", "/in", {"Origin": "http://one.example", "Access-Control-Request-Method": "POST"})
    eq(response.get("access-control-allow-origin"), "http://one.example", "allow-origin")
    eq(response.items("access-control-allow-methods"), ["get"], "allow-methods")
    eq(response.items("access-control-allow-headers"), ["x-one"], "allow-headers")
    eq(response.get("access-control-allow-credentials"), "true", "allow-credentials")
    eq(response.get("access-control-max-age"), "120", "max-age")


@case("1", "a flag beats the environment", args=["--keep-alive", "7s"], script=SHOW_CLI,
      env={"TINYSSE_KEEP_ALIVE": "9s", "TINYSSE_TIMEOUT": "8s"})
def flag_beats_environment(t):
    cli = t.emitted("cli")[0]["cli"]
    eq((cli["keep_alive"], cli["timeout"]), (7000, 8000), "keep_alive and timeout")


@case("1", "durations are written like 500ms, 60s, 5m, 1h, 1m30s", script=SHOW_CLI,
      args=["--keep-alive", "1m30s", "--timeout", "1h", "--timeout-retry", "500ms", "--script-tick", "2s"])
def durations(t):
    cli = t.emitted("cli")[0]["cli"]
    eq([cli[k] for k in ("keep_alive", "timeout", "timeout_retry", "script_tick")], [90000, 3600000, 500, 2000], "cli")


@case("1", "KB is 1000, KiB is 1024, a bare number is bytes", start=False)
def byte_sizes(t):
    for text, limit in (("1KB", 1000), ("1KiB", 1024), ("77", 77)):
        t.start(["--max-body-size", text])
        for size, want in ((limit, 202), (limit + 1, 413)):
            body = b'{"data":"' + b"x" * (size - 11) + b'"}'
            eq(t.post(body).status, want, f"status of {size} bytes with --max-body-size {text}")


@case("1", "a configuration file sets options by the names of the flags", start=False,
      original="differs: has no --config")
def config_file(t):
    t.write("s.lua", SHOW_CLI)
    t.write("conf.yaml", f"""# comment
keep-alive: 45s
keep-alive-text: from file
capacity: 16
pub-path: /in
unsafe-script: false
script: {t.path("s.lua")}
script-data: "42"
max-body-size: 90
cors-allow-origin: http://file.example
""")
    t.start(["--config", t.path("conf.yaml")])
    cli = t.emitted("cli")[0]["cli"]
    want = {"keep_alive": 45000, "keep_alive_text": "from file", "capacity": 16, "pub_path": "/in",
            "unsafe_script": False, "script_data": "42", "timeout": 300000}
    eq({k: cli.get(k) for k in want}, want, "cli")
    response = t.post(b'{"data":"' + b"x" * 90 + b'"}', path="/in", headers={"Origin": "http://file.example"})
    eq(response.status, 413, "status above 90 bytes")
    eq(response.get("access-control-allow-origin"), "http://file.example", "allow-origin")


@case("1", "flag beats environment beats file beats default", start=False, original="differs: has no --config")
def config_precedence(t):
    t.write("conf.yaml", "keep-alive: 1s\ntimeout: 2s\ntimeout-retry: 3s\n")
    t.start(["--config", t.path("conf.yaml"), "--keep-alive", "11s"], script=SHOW_CLI,
            env={"TINYSSE_KEEP_ALIVE": "111s", "TINYSSE_TIMEOUT": "22s"})
    cli = t.emitted("cli")[0]["cli"]
    eq([cli[k] for k in ("keep_alive", "timeout", "timeout_retry", "script_tick")], [11000, 22000, 3000, 500], "cli")
