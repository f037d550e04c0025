"""docs/guides/troubleshooting.md: its log messages and errors exist in the sources, and what it says of some faults happens."""

import os
import re
import signal

from blackbox.cluster import Engine
from blackbox.fixtures import stalled
from blackbox.repository import ROOT, ours, read, section
from conform import case, eq, ok

DOCUMENT = ("docs", "guides", "troubleshooting.md")


def sources():
    """The string literals of all Java sources, those of one expression joined."""
    found = []
    for folder, _, names in os.walk(ROOT):
        if os.sep + os.path.join("src", "main") + os.sep in folder + os.sep:
            found += [read(os.path.relpath(os.path.join(folder, name), ROOT)) for name in names if name.endswith(".java")]
    text = re.sub(r'"\s*\+\s*"', "", "\n".join(found))
    return "\n".join(re.findall(r'"((?:\\.|[^"\\\n])*)"', text)).replace("\\\"", '"')


COMPOSED = ("stream closed",  # "stream %s", and "closed" or "ended"
            "publish hook failed", "message hook failed",  # the name of the hook, and " hook failed"
            "no permission to", "Idempotency-Key has been used",  # the same: a name and a text
            "Terminating due to java.lang.OutOfMemoryError", "Java heap space")  # a line of the JVM


def fixed(message):
    """The parts of a message that are the same each time: those between ellipses, values, colons and names of fields."""
    text = re.sub(r"(?<==)[^\s…]+", "…", message)
    parts = [part.strip() for part in re.split(r"…|: |:$|\s(?=[\w-]+=)", text)]
    return [part for part in parts if len(part) > 4]


@case("docs", "each log message and error of the troubleshooting guide exists in the sources", start=False, original="differs: ours")
def troubleshooting_messages(t):
    ours(t)
    first = re.findall(r"^\| ([^|]+) \|", read(*DOCUMENT), re.M)
    messages = [message for cell in first if re.search(r"\b(WARN|ERROR|INFO|40[13]|41\d|422|50\d|hook error)\b", cell)
                for message in re.findall(r"`([^`]+)`", cell)]
    ok(len(messages) > 40, f"only {len(messages)} messages")
    literals = sources()
    missing = [(part, message) for message in messages for part in fixed(message)
               if part not in literals and not part.startswith(COMPOSED)]
    eq(missing, [], "messages that no source has")


@case("docs", "Redis goes down and returns: the log has the lines of the troubleshooting guide", start=False, original="differs: ours")
def troubleshooting_redis(t):
    ours(t)
    engine = Engine(t)
    t.start(["--history", "10", "--cluster", f"redis://127.0.0.1:{engine.port}"])
    t.wait(lambda: t.get("/healthz").status == 200, "the node is connected", 30)
    rows = re.findall(r"^\| (?:WARN|INFO) `([^`]+)`", section(read(*DOCUMENT), "Redis and clustering"), re.M)
    away, back = [row for row in rows if re.search("away|lost connection|is back|reconnected", row)][:2]
    engine.stop()
    t.log(re.escape(fixed(away)[0]))
    eq(t.post_json({"data": "x"}).status, 503, "status without Redis")
    engine.start()
    t.log(re.escape(fixed(back)[0]))


@case("docs", "a slow consumer loses messages and is closed: the log has the lines of the troubleshooting guide",
      args=["--capacity", "5", "--write-timeout", "5s"], original="differs: ours")
def troubleshooting_slow_consumer(t):
    ours(t)
    lost, closed, _ = re.findall(r"^\| (?:WARN|INFO) `([^`]+)`", section(read(*DOCUMENT), "Events are lost"), re.M)
    stream, text = stalled(t), "x" * 60000
    for _ in range(100):
        t.publish(text)
    while stream.block() != "data: end":
        t.publish("end")
    t.log(re.escape(fixed(lost)[0]))
    stalled(t)
    t.log(re.escape(closed.partition("…")[0].partition(" client")[0]))


@case("docs", "a full heap ends the server with the status of the troubleshooting guide", start=False, original="differs: ours")
def troubleshooting_heap(t):
    ours(t)
    section_text = section(read(*DOCUMENT), "Full heap and memory limits")
    status, line = re.search(r"exit status (\d), `([^`]+)`", section_text).groups()
    t.may_exit = True
    t.start(["--script-memory", "0", "--script-timeout", "0s"], env={"JAVA_OPTS": "-Xmx24m"},
            script="function publish(pub) local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end end")
    try:
        t.post_json({"data": "x"}, timeout=60)
    except Exception:  # the connection breaks
        pass
    eq(t.server.wait_exit(60), int(status), "exit status")
    ok(line in "\n".join(t.server.output()), "the line on standard error")


@case("docs", "SIGTERM while a token is missing: the statuses of the troubleshooting guide", start=False, original="differs: ours")
def troubleshooting_stop(t):
    ours(t)
    t.write("keys", "shop " + "0" * 64 + " publish:**\n")
    t.start(["--api-keys", t.path("keys")])
    error = t.get("/sse").json()["error"]
    ok(f"401 `{error}`" in read(*DOCUMENT), f"401 {error} is not documented")
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    eq(t.server.wait_exit(t.patience), 0, "exit status")
