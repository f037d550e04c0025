"""Section 11.2: the log in JSON, and the access log."""

import json
import os
import re
import signal

from blackbox.channels import OURS
from blackbox.tokens import FILES, KEY, bearer, token
from conform import case, eq, lacks, matches, ok

ACCESS = ["--channels", "--access-log", "@DIR@/access.log"]
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
SECRET = "s3cret-of-a-client"


def lines(t, n, name="access.log"):
    def found():
        try:
            with open(t.path(name), encoding="utf-8") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []
    t.wait(lambda: len(found()) >= n, f"{n} lines in {name}")
    eq(len(found()), n, f"lines in {name}")
    return found()


@case("11", "--log-format json makes each line of the log an object: time, level, logger, message, and fields by name",
      args=["--log-format", "json", "--log-level", "DEBUG", "--capacity", "8"], original=OURS)
def json_log(t):
    t.sub().leave()
    t.log("stream ended")
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    eq(t.server.wait_exit(12), 0, "exit status")
    objects = [json.loads(line) for line in t.server.output("out")]
    ok(len(objects) > 4, "few lines")
    for one in objects:
        matches(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", one["time"], "time")
        ok(one["level"] in ("DEBUG", "INFO", "WARN") and one["logger"] and one["message"], f"{one}")
    ended = [one for one in objects if one["message"].startswith("stream ended")][0]
    eq((ended["reason"], ended["undelivered"]), ("client-left", 0), "fields")


@case("11", "an unknown --log-format, and an access log that cannot be written, are errors at start", start=False, original=OURS)
def bad_options(t):
    eq(t.run_to_exit(["--log-format", "xml"])[1], 2, "exit status")
    eq(t.run_to_exit(["--access-log", "@DIR@/nothing/access.log"])[1], 1, "exit status")
    matches("nothing/access.log", "\n".join(t.server.output()), "line")


@case("11", "--access-log has a line per request when its response is sent and per stream when it ends; no query, no credentials",
      args=[*ACCESS, "--log-format", "json"], original=OURS)
def access_log(t):
    stream = t.sub(f"/sse/news?token={SECRET}", {"Authorization": f"Bearer {SECRET}", "traceparent": TRACEPARENT})
    eq(t.post_json({"data": "x"}, path=f"/sse/news?token={SECRET}", headers={"Cookie": SECRET, "traceparent": "bad"}).status,
       202, "status")
    eq(t.get("/nothing").status, 404, "status")
    stream.block()
    publish, missing = (json.loads(line) for line in lines(t, 2))
    eq((publish["method"], publish["path"], publish["status"]), ("POST", "/sse/news", 202), "request")
    eq((missing["path"], missing["status"]), ("/nothing", 404), "request")
    ok(publish["duration"] >= 0 and publish["bytes"] > 0 and "traceparent" not in publish, f"{publish}")
    stream.leave()
    ended = json.loads(lines(t, 3)[2])
    eq({key: ended[key] for key in ("method", "path", "status", "messages", "lost", "reason", "traceparent")},
       {"method": "GET", "path": "/sse/news", "status": 200, "messages": 1, "lost": 0, "reason": "client",
        "traceparent": TRACEPARENT}, "stream")
    matches(r"^127\.0\.0\.1:\d+$", ended["address"], "address")
    ok(SECRET not in "\n".join(lines(t, 3)), "a secret is in the log")


@case("11", "the access log is text without --log-format json, and one line per request of any path; sub is that of the stream",
      args=ACCESS, script="function subscribe(sub) sub.user = 'ann lee' return sub end", original=OURS)
def access_text(t):
    t.raw(b"GET /a%0d%0ab HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    (first,) = lines(t, 1)
    t.sub("/sse/news").leave()
    second = lines(t, 2)[1]
    matches(r"^\S+Z address=127\.0\.0\.1:\d+ method=GET path=\S+ status=404 duration=[\d.]+ bytes=\d+$", first, "line")
    ok(second.endswith(' sub="ann lee"') and " reason=client " in second, second)


@case("11", "SIGHUP opens the access log again", args=ACCESS, original=OURS)
def reopened(t):
    eq(t.get("/one").status, 404, "status")
    lines(t, 1)
    os.rename(t.path("access.log"), t.path("old.log"))
    t.server.signal(signal.SIGHUP)
    t.wait(lambda: os.path.exists(t.path("access.log")), "a new file")
    eq(t.get("/two").status, 404, "status")
    ok("path=/two" in lines(t, 1)[0] and "path=/one" in lines(t, 1, "old.log")[0], "lines")


@case("11", "what ends with the server is in the access log, too", args=ACCESS, original=OURS)
def drained(t):
    streams = [t.sub("/sse/news") for _ in range(3)]
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    for stream in streams:
        stream.to_end()
    eq(t.server.wait_exit(12), 0, "exit status")
    eq(sum(" reason=drain" in line for line in lines(t, 3)), 3, "streams")


@case("11", "- writes accesses to standard output", args=["--access-log", "-"], original=OURS)
def standard_output(t):
    eq(t.get("/one").status, 404, "status")
    t.log(r"method=GET path=/one status=404")
    ok(re.search("path=/one", "\n".join(t.server.output("out"))), "standard output")


@case("11", "nothing that ends a line or turns its direction is raw in a log in JSON", files=FILES, original=OURS,
      args=[*ACCESS, "--log-format", "json", *KEY])
def json_log_of_anything(t):
    name = "a\n\x1b[31mb\x7fc\x85d\u2028e\u202ef"
    eq(t.post_json({"data": "x"}, headers=bearer(token(publish=["default"], sub=name))).status, 202, "status")
    line = lines(t, 1)[0]
    eq(json.loads(line)["sub"], name, "sub")
    lacks("[\x00-\x1f\x7f-\x9f\u2028\u202e]", line, "line")
