"""Section 4: health, and a stop that takes its time."""

import re
import signal
import threading
import time

from blackbox.fixtures import stalled
from conform import Fail, case, eq, matches, ok, one_of


def health(t, path="/healthz"):
    """The status, or 0 where there is no response any more."""
    try:
        return t.get(path).status
    except (OSError, Fail):
        return 0


@case("4", "GET /healthz is 200", original="differs: has none")
def health_responds(t):
    response = t.get("/healthz", {"Origin": "http://a.example"})
    eq((response.status, response.get("access-control-allow-origin")), (200, "*"), "response")
    one_of(t.request("HEAD", "/healthz").status, (200, 405), "status of HEAD")


@case("4", "--health-path moves the health page, and empty switches it off", start=False, original="differs: has none")
def health_path(t):
    t.start(["--health-path", "/up"])
    eq([t.get(path).status for path in ("/up", "/healthz")], [200, 404], "statuses of /up and /healthz")
    t.start(["--health-path", ""])
    eq(t.get("/healthz").status, 404, "status when switched off")


@case("4", "from the stop signal on health is 503 and no stream is begun", original="differs: has none",
      args=["--drain-timeout", "4s", "--capacity", "16"])
def draining_is_shown(t):
    stalled(t)  # keeps the server waiting until the drain timeout
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    t.wait(lambda: health(t) == 503, "health is 503", timeout=3)
    one_of(health(t, "/sse"), (0, 503), "status of a new stream")
    eq(t.server.wait_exit(12), 0, "exit status")


@case("4", "the drain ends at --drain-timeout, though a client does not read",
      args=["--drain-timeout", "1s", "--capacity", "16"], original="differs: dies at once")
def drain_timeout(t):
    good = t.sub()
    stalled(t)
    t.may_exit = True
    began = time.monotonic()
    t.server.signal(signal.SIGTERM)
    eq(t.server.wait_exit(12), 0, "exit status")
    ok(time.monotonic() - began < 6, f"took {time.monotonic() - began:.1f} s")
    good.to_end()
    ok(good.clean, "a stream that reads was cut off")


@case("4", "a second signal ends the server at once", original="differs: the first does",
      args=["--drain-timeout", "60s", "--write-timeout", "60s", "--capacity", "16"])
def second_signal(t):
    stalled(t)
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    t.wait(lambda: health(t) == 503, "health is 503", timeout=3)
    t.server.signal(signal.SIGTERM)
    t.server.wait_exit(5)


@case("4", "a stop sends jittered retry values, so that not all clients reconnect at once",
      original="differs: the server breaks streams off")
def retry_is_spread(t):
    streams = [t.sub() for _ in range(30)]
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    values = {re.search(r"(?m)^retry: (\d+)$", stream.to_end(15)).group(1) for stream in streams}
    ok(len(values) > 5, f"30 streams got only these values: {sorted(values)}")


@case("4", "what is acknowledged while the stop signal comes is delivered", original="differs: the server breaks streams off")
def stop_under_load(t):
    streams, acknowledged = [t.sub() for _ in range(20)], []

    def publish_until_refused():
        try:
            for i in range(100000):
                if t.post_json({"data": str(i)}).status != 202:
                    return
                acknowledged.append(str(i))
        except (OSError, Fail):
            pass  # the server has gone

    publisher = threading.Thread(target=publish_until_refused)
    publisher.start()
    t.wait(lambda: len(acknowledged) > 100, "the publisher runs")
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    for stream in streams:
        got = re.findall(r"(?m)^data: (\d+)$", stream.to_end(15))
        ok(stream.clean, "the body was cut off instead of ended")
        matches(r"^retry: \d+$", bytes(stream.body).decode(), "end of the stream", re.M)
        stream.got = got
    publisher.join(15)
    eq(t.server.wait_exit(15), 0, "exit status")
    for stream in streams:
        eq(stream.got[:len(acknowledged)], acknowledged, "what a stream got of what was acknowledged")
