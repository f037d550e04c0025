"""Section 3: a browser's EventSource reconnects, whatever ends its stream. One that gives up has readyState 2."""

import signal
import time

from blackbox.browser import Browser
from blackbox.fixtures import stalled
from conform import case, eq, ok


def page_with_stream(t, browser):
    """A page of another origin that has an open stream; it counts the times its stream has ended or could not be had."""
    page = browser.event_source(f"http://127.0.0.1:{t.port}/sse")
    page.wait("source.readyState", 1)
    return page


def comes_back(t, page):
    """The page's stream is open again and gets what is published."""
    page.wait("source.readyState", 1)
    t.publish("the server is back")
    page.wait("seen.at(-1)", "the server is back")


@case("3", "a browser that reconnects during a stop, which a stalled client makes long, reconnects after it", start=False,
      original="differs: does not stop in an orderly way")
def browser_and_a_long_stop(t):
    with Browser(t.dir, patience=60) as browser:
        t.start(["--capacity", "16", "--drain-timeout", "60s", "--write-timeout", "0s"])
        slow = stalled(t)
        page = page_with_stream(t, browser)
        t.may_exit = True
        t.server.signal(signal.SIGTERM)
        t.wait(lambda: page.evaluate("ends") >= 2, "the browser has asked again while the server stops", 60)
        ok(t.server.running(), "the stop was over too soon for this test")
        eq(page.evaluate("source.readyState"), 0, "state of the browser's stream")
        slow.leave()
        eq(t.server.wait_exit(60), 0, "exit status")
        t.start(port=t.port)
        comes_back(t, page)


@case("3", "a browser reconnects to a server that was killed and down for five seconds", start=False)
def browser_and_a_killed_server(t):
    with Browser(t.dir, patience=60) as browser:
        t.start()
        page = page_with_stream(t, browser)
        t.server.signal(signal.SIGKILL)
        t.server.wait_exit(t.patience)
        time.sleep(5)
        t.start(port=t.port)
        comes_back(t, page)


@case("3", "a browser that --max-subscribers rejected reconnects when there is room", start=False,
      original="differs: has no limit")
def browser_and_the_limit(t):
    with Browser(t.dir, patience=60) as browser:
        t.start(["--max-subscribers", "1"])
        only = t.sub()
        page = browser.event_source(f"http://127.0.0.1:{t.port}/sse")
        t.wait(lambda: page.evaluate("ends") >= 1, "the browser has been turned away", 60)
        eq(page.evaluate("source.readyState"), 0, "state of the browser's stream")
        only.leave()
        comes_back(t, page)


@case("3", "after a time-out a browser does not storm a server that is down: not even 20 requests a second", start=False,
      original="differs: sends retry: 0")
def browser_after_a_timeout(t):
    with Browser(t.dir, patience=60) as browser:
        t.start(["--timeout", "500ms"])
        page = page_with_stream(t, browser)
        t.wait(lambda: page.evaluate("ends") >= 1, "the stream has had its time", 60)
        t.may_exit = True
        t.server.signal(signal.SIGKILL)
        t.server.wait_exit(t.patience)
        page.evaluate("ends = 0, begun = performance.now(), 0")
        t.wait(lambda: page.evaluate("ends") >= 20, "the browser asks again", 60)
        # at least 50 ms between two of them; the first may come at once, and others while the page is asked
        eq(page.evaluate("(performance.now() - begun) / ends >= 40"), True, "the browser waits between its requests")
