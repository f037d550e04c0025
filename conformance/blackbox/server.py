"""One server process: its output line by line, its port, its exit status."""

import os
import re
import select
import signal
import socket
import subprocess
import threading
import time

from .checks import Fail, short

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
LIVE = set()
LIVE_LOCK = threading.Lock()


class Server:
    """One server process: its output line by line, its exit status."""

    def __init__(self, argv, cwd, env, port=None):
        self.argv, self.port = argv, port
        self.lines = []  # (stream name, text without colour codes)
        self.partial = {"out": b"", "err": b""}  # lines that are not complete
        self.raw = b""  # the same as it came
        self.changed = threading.Condition()
        self.killed = False
        self.process = subprocess.Popen(
            argv, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True)
        with LIVE_LOCK:
            LIVE.add(self)
        self.readers = [
            threading.Thread(target=self._read, args=(name, pipe), daemon=True)
            for name, pipe in (("out", self.process.stdout), ("err", self.process.stderr))]
        for reader in self.readers:
            reader.start()

    def _read(self, name, pipe):
        while is_readable(pipe, None):
            with self.changed:
                if not self._take(name, pipe):
                    return

    def _take(self, name, pipe):
        """Takes what a pipe has, with the lock; whether more can follow."""
        while is_readable(pipe, 0):
            raw = os.read(pipe.fileno(), 65536)
            self.raw += raw
            *complete, self.partial[name] = (self.partial[name] + raw).split(b"\n")
            if not raw and self.partial[name]:
                complete, self.partial[name] = [self.partial[name]], b""
            for line in complete:
                self.lines.append((name, ANSI.sub("", line.decode("utf-8", "replace")).rstrip("\r")))
            self.changed.notify_all()
            if not raw:
                return False
        return True

    @property
    def pid(self):
        return self.process.pid

    def output(self, stream=None):
        """The lines that the server has written until now."""
        with self.changed:
            for name, pipe in (("out", self.process.stdout), ("err", self.process.stderr)):
                self._take(name, pipe)
            return [text for name, text in self.lines if stream in (None, name)]

    def running(self):
        return self.process.poll() is None

    def wait_line(self, pattern, timeout, n=1):
        """The first n output lines that match, once there are n of them."""
        deadline = time.monotonic() + timeout
        with self.changed:
            while True:
                found = [text for _, text in self.lines if re.search(pattern, text)]
                if len(found) >= n:
                    return found
                left = deadline - time.monotonic()
                if left <= 0:
                    raise Fail(f"{len(found)} of {n} output lines matching /{pattern}/ within {timeout:g} s")
                self.changed.wait(left)

    def wait_port(self, timeout, host="127.0.0.1"):
        deadline = time.monotonic() + timeout
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        while True:
            if not self.running():
                self.finish_reading()
                raise Fail(f"server exited with status {self.process.returncode} before it listened: "
                           + short(" | ".join(self.output()[-4:]), 300))
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.settimeout(1)
                try:
                    probe.connect((host, self.port))
                    if probe.getsockname() != probe.getpeername():  # the kernel may have connected it to itself
                        return
                except OSError:
                    pass
            if time.monotonic() > deadline:
                raise Fail(f"port {self.port} did not accept within {timeout:g} s")
            time.sleep(0.01)

    def signal(self, number):
        try:
            self.process.send_signal(number)
        except ProcessLookupError:
            pass

    def wait_exit(self, timeout):
        """The exit status; a death by signal N is -N."""
        try:
            status = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise Fail(f"server still running after {timeout:g} s") from None
        self.finish_reading()
        return status

    def finish_reading(self):
        for reader in self.readers:
            reader.join(2)

    def stop(self, grace):
        """SIGTERM, then SIGKILL for the whole process group after the grace time."""
        if self.running():
            self.signal(signal.SIGTERM)
            try:
                self.process.wait(grace)
            except subprocess.TimeoutExpired:
                self.killed = True
        try:
            os.killpg(self.process.pid, signal.SIGKILL)  # leaves nothing of a wrapper script behind
        except (ProcessLookupError, PermissionError):
            pass
        self.process.wait()
        self.finish_reading()
        with LIVE_LOCK:
            LIVE.discard(self)


HANDED_OUT, HANDED_OUT_LOCK = set(), threading.Lock()


def is_readable(pipe, milliseconds):
    poll = select.poll()  # select.select takes no descriptor above 1023
    poll.register(pipe, select.POLLIN)
    return poll.poll(milliseconds)


def free_port(family=socket.AF_INET):
    """A port that nothing listens on. No port twice in a run: a case may have stopped its server to start it again there."""
    while True:
        with socket.socket(family, socket.SOCK_STREAM) as s:
            s.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
            port = s.getsockname()[1]
        with HANDED_OUT_LOCK:
            if port not in HANDED_OUT:
                HANDED_OUT.add(port)
                return port


def stop_all():
    """Kills every server that is still there; for the end of a run that was interrupted."""
    with LIVE_LOCK:
        left = list(LIVE)
    for server in left:
        server.stop(0)
