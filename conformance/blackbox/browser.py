"""A headless Chromium, driven through its debugging pipe: requests and replies in JSON, with a NUL behind each."""

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time

from .checks import Fail, Skip

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# The browser wants its pipe at 3 and 4, which subprocess may need for itself until the last moment.
LAUNCH = ("import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); "
          "os.execv(sys.argv[3], sys.argv[3:])")


def executable():
    """The browser: CHROMIUM of the environment, or what is installed."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise Skip("no Chromium is installed, and CHROMIUM does not name one")
    return found


class Browser:
    """A browser process with a profile of its own in `folder`; to be used in a `with` statement."""

    def __init__(self, folder, patience, flags=()):
        self.patience, self.buffer, self.last_id = patience, b"", 0
        command = [executable(), "--headless", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu",
                   "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
                   "--disable-dev-shm-usage", *flags,
                   "--no-sandbox",  # its sandbox does not work for root or in most containers
                   f"--user-data-dir={os.path.join(folder, 'profile')}", "about:blank"]
        (reading, self.requests), (self.responses, writing) = os.pipe(), os.pipe()
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (reading, writing)]
        with open(os.path.join(folder, "browser.log"), "wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", LAUNCH, *map(str, ends), *command], pass_fds=ends, cwd=folder,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        for end in (reading, writing, *ends):
            os.close(end)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.requests)  # without its pipe the browser ends
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)  # leaves no helper of the browser behind
        except ProcessLookupError:
            pass
        self.process.wait()
        os.close(self.responses)

    def call(self, method, session=None, **params):
        """The result of a command of the Chrome DevTools Protocol."""
        self.last_id += 1
        request = {"id": self.last_id, "method": method, "params": params}
        os.write(self.requests, json.dumps({**request, "sessionId": session} if session else request).encode() + b"\0")
        deadline = time.monotonic() + self.patience
        while True:
            response = self._receive(deadline, method)
            if response.get("id") == self.last_id:
                if "error" in response:
                    raise Fail(f"{method}: {response['error']}")
                return response["result"]

    def _receive(self, deadline, waiting_for):
        while b"\0" not in self.buffer:
            poll = select.poll()
            poll.register(self.responses, select.POLLIN)
            if not poll.poll(max(0.0, 1000 * (deadline - time.monotonic()))):
                raise Fail(f"the browser did not respond in time: {waiting_for}")
            data = os.read(self.responses, 1 << 16)
            if not data:
                raise Fail(f"the browser has ended: {waiting_for}")
            self.buffer += data
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def open(self, address):
        """A new page, which may still be loading."""
        target = self.call("Target.createTarget", url=address)["targetId"]
        return Page(self, self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"], target)

    def event_source(self, address):
        """
        An empty page, of no origin, that subscribes. `source` is its EventSource, `seen` the data of the events without a name,
        and `ends` counts how often the stream has ended or could not be had.
        """
        page = self.open("about:blank")
        page.evaluate(f"var seen = [], ends = 0, source = new EventSource({json.dumps(address)});"
                      "source.onmessage = event => seen.push(event.data); source.onerror = () => { ends++ }; 0")
        return page


class Page:
    def __init__(self, browser, session, target):
        self.browser, self.session, self.target = browser, session, target

    def close(self):
        """Closes the tab."""
        self.browser.call("Target.closeTarget", targetId=self.target)

    def evaluate(self, expression):
        """The value of an expression in JavaScript, or what its Promise resolves to."""
        result = self.browser.call("Runtime.evaluate", self.session, expression=expression, returnByValue=True,
                                   awaitPromise=True)
        if "exceptionDetails" in result:
            raise Fail(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def wait(self, expression, want):
        """Waits until the expression has a value."""
        deadline = time.monotonic() + self.browser.patience
        while True:
            got = self.evaluate(expression)
            if got == want:
                return
            if time.monotonic() > deadline:
                raise Fail(f"{expression} in the page: got {got!r}, want {want!r}")
            time.sleep(0.05)
