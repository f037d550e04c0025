"""Section 4 and 11: a thread that is stuck, here because nobody reads the server's log."""

import fcntl
import os
import re
import shlex
import signal
import socket
import subprocess
import threading
import time

from blackbox.channels import OURS
from blackbox.operators import ADMIN
from blackbox.wire import Connection, request_bytes
from conform import case, eq, matches, ok

SMALLEST_PIPE = 4096


class Unread:
    """A server whose output is a full pipe."""

    def __init__(self, t, *args):
        self.t = t
        environment = {k: v for k, v in os.environ.items() if not k.startswith("TINYSSE_")}
        self.process = subprocess.Popen(
            [*shlex.split(t.options.server), "--listen", "127.0.0.1:0", *ADMIN, "--log-level", "DEBUG", *args], cwd=t.dir,
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.pipe = self.process.stdout.fileno()
        self.text = b""
        fcntl.fcntl(self.pipe, fcntl.F_SETPIPE_SZ, SMALLEST_PIPE)
        ports = []
        while len(ports) < 2:
            data = os.read(self.pipe, SMALLEST_PIPE)
            ok(data, f"the server has ended: {self.text!r}")
            self.text += data
            ports = re.findall(rb"istening on 127\.0\.0\.1:(\d+)\n", self.text)
        self.port, self.admin = (int(port) for port in ports)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def fill(self):
        """Opens streams and leaves, which is logged, until the server gets no further."""
        while True:
            with socket.create_connection(("127.0.0.1", self.port), self.t.patience) as stream:
                stream.settimeout(2)
                stream.sendall(b"GET /sse HTTP/1.1\r\nHost: x\r\n\r\n")
                try:
                    stream.recv(1000)
                except TimeoutError:
                    return

    def read(self):
        """Reads the log from now on."""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        while data := os.read(self.pipe, 65536):
            self.text += data

    def ready(self):
        connection = Connection(self.admin)
        try:
            connection.send(request_bytes("GET", "/readyz"))
            response = connection.response(self.t.patience, "GET")
            return response.status, response.json()["reasons"]
        finally:
            connection.close()


@case("11", "a fan-out thread that is stuck is a reason of /readyz until it turns again, and is logged once, with its stack",
      original=OURS, start=False)
def not_ready(t):
    with Unread(t) as server:
        server.fill()
        t.wait(lambda: server.ready() == (503, ["stuck thread: tinysse-fan-out-0"]), "the thread is stuck", 30)
        server.read()
        t.wait(lambda: server.ready() == (200, []), "the thread turns again", 30)
        t.wait(lambda: b"no longer stuck" in server.text, "a line of the log")
        lines = [line for line in server.text.decode().splitlines() if "thread is stuck" in line]
        eq(len(lines), 1, f"lines: {lines}")
        matches(r"ERROR .*thread=tinysse-fan-out-0 seconds=\d+ stack=\".*PrintStream.*DeliveryThread", lines[0], "line")


@case("4", "SIGTERM ends a server with a stuck thread some seconds after --drain-timeout, with status 1", original=OURS,
      start=False)
def stop_with_stuck_thread(t):
    with Unread(t, "--drain-timeout", "1s") as server:
        server.fill()
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        eq(server.process.wait(1 + t.patience + 5), 1, "exit status")
        ok(time.monotonic() - began >= 1, "the drain had its time")


@case("11", "a server that is stopped by SIGSTOP for some seconds reports no stuck thread when it goes on", original=OURS,
      args=ADMIN)
def stopped(t):
    publishing = threading.Event()

    def publish():
        while not publishing.is_set():
            t.publish("x")
    stream = t.sub()
    publishers = [threading.Thread(target=publish, daemon=True) for _ in range(2)]
    for publisher in publishers:
        publisher.start()
    try:
        t.server.signal(signal.SIGSTOP)
        time.sleep(8)
        t.server.signal(signal.SIGCONT)
        time.sleep(2)
    finally:
        publishing.set()
        for publisher in publishers:
            publisher.join()
    stream.expect("data: x")
    eq([line for line in t.server.output() if "stuck" in line], [], "lines of the log")
