"""Section 3: a browser's EventSource comes back, whatever becomes of the server."""

import signal
import time

from blackbox.browser import Browser
from blackbox.fixtures import stalled, subscribers
from conform import case, eq, ok

CONNECTING, OPEN = 0, 1
STATE = "source.readyState"


def watching(t, browser):
    page = browser.event_source(f"http://127.0.0.1:{t.port}/sse")
    page.wait(STATE, OPEN)
    return page


@case("3", "a browser comes back after a restart, though a client that does not read keeps the drain open", start=False,
      original="differs: dies at once")
def browser_and_drain(t):
    with Browser(t.dir, patience=60) as browser:
        t.start(["--drain-timeout", "7s", "--capacity", "16"])
        page = watching(t, browser)
        stalled(t)
        t.may_exit = True
        t.server.signal(signal.SIGTERM)
        t.wait(lambda: page.evaluate("ends") >= 2, "the browser has come back during the drain", timeout=15)
        eq(page.evaluate(STATE), CONNECTING, "state during the drain")
        eq(t.server.wait_exit(15), 0, "exit status")
        t.start(port=t.port)
        page.wait(STATE, OPEN)
        t.publish("back")
        page.wait("seen.at(-1)", "back")


@case("3", "a browser comes back after kill -9 and a while of nothing, and does not hammer meanwhile", start=False,
      original="differs: retry 0 stays with the browser")
def browser_and_kill(t):
    with Browser(t.dir, patience=60) as browser:
        t.start(["--timeout", "500ms"])
        page = watching(t, browser)
        t.wait(lambda: page.evaluate("ends") >= 2, "the browser has had a retry with the timeout")
        t.may_exit = True
        t.server.signal(signal.SIGKILL)
        t.server.wait_exit(5)
        before = page.evaluate("ends")
        time.sleep(5)  # a while of nothing
        tries = page.evaluate("ends") - before
        ok(0 < tries <= 150, f"asked {tries} times in five seconds")
        t.start(port=t.port)
        page.wait(STATE, OPEN)
        t.publish("back")
        page.wait("seen.at(-1)", "back")


@case("3", "a browser that finds --max-subscribers reached comes back until there is room", start=False,
      original="differs: has no limit")
def browser_and_limit(t):
    with Browser(t.dir, patience=60) as browser:
        t.start(["--max-subscribers", "1"])
        holder = t.sub()
        page = browser.event_source(f"http://127.0.0.1:{t.port}/sse")
        t.wait(lambda: page.evaluate("ends") >= 1, "the browser has been turned away")
        eq(page.evaluate(STATE), CONNECTING, "state without room")
        holder.leave()
        page.wait(STATE, OPEN)
        eq(subscribers(t), 1, "subscribers")
        t.publish("room")
        page.wait("seen.at(-1)", "room")
