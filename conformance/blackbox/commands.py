"""Runs `tinysse pub`, `sub` and others beside a server, and servers that respond as a case wants."""

import json
import os
import resource
import shlex
import signal
import socket
import subprocess
import threading
import time

from .checks import Fail, Skip, eq
from .repository import ours

OURS = "differs: has no such commands"


def environment(env=None):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TINYSSE_")}
    return {**clean, **(env or {})}


def argv(t, args):
    ours(t)
    return [*shlex.split(t.options.server), *map(str, args)]


def run(t, *args, stdin=b"", env=None, patience=60):
    """Runs a command to its end: exit status, standard output and standard error."""
    done = subprocess.run(argv(t, args), input=stdin, capture_output=True, timeout=patience, cwd=t.dir,
                          env=environment(env))
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def url(t, path=""):
    return f"http://127.0.0.1:{t.port}{path}"


def pub(t, *args, status=0, **options):
    """Publishes at the case's server with the exit status that is expected: standard output and standard error."""
    got, out, err = run(t, "pub", *args, **options)
    eq(got, status, f"exit status ({err.strip()})")
    return out, err


class Running:
    """A command that runs beside the case; to be used in a `with` statement."""

    def __init__(self, t, *args, env=None, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL):
        self.t = t
        self.process = subprocess.Popen(argv(t, args), cwd=t.dir, env=environment(env), stdout=stdout,
                                        stderr=subprocess.PIPE, stdin=stdin, start_new_session=True)
        self.out, self.err = [], []
        self.threads = [threading.Thread(target=self._read, args=pair, daemon=True)
                        for pair in ((self.process.stdout, self.out), (self.process.stderr, self.err)) if pair[0]]
        for thread in self.threads:
            thread.start()

    @staticmethod
    def _read(pipe, lines):
        for line in pipe:
            lines.append(line.decode("utf-8", "replace").rstrip("\n"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def json(self):
        return [json.loads(line) for line in self.out]

    def lines(self, n, timeout=None):
        """The first n lines of its output."""
        try:
            self.t.wait(lambda: len(self.out) >= n, f"{n} lines of output, got {self.out[-3:]} {self.err[-3:]}", timeout)
        except Fail as e:
            raise Fail(f"{len(self.out)} of {n} lines: {e}; last: {self.out[-2:]} {self.err[-2:]}") from None
        return self.out[:n]

    def said(self, text, timeout=None):
        """Waits for a line on standard error that has this text."""
        return self.t.wait(lambda: next((line for line in list(self.err) if text in line), None),
                           f"{text!r} on standard error", timeout)

    def exit(self, timeout=None):
        try:
            status = self.process.wait(self.t.patience if timeout is None else timeout)
        except subprocess.TimeoutExpired:
            raise Fail(f"the command did not end: {self.err[-3:]}") from None
        for thread in self.threads:
            thread.join(2)
        return status

    def kill(self, number=signal.SIGKILL):
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass
        self.exit()


class Responder:
    """
    A server that does with each connection what a function says; to be used in a `with` statement. The function gets the number
    of the connection, from 0, its socket and the head of its first request; `heads` has all heads.
    """

    def __init__(self, respond, port=0):
        self.respond, self.heads, self.times = respond, [], []
        self.listening = socket.socket()
        self.listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listening.bind(("127.0.0.1", port))
        self.listening.listen(128)
        self.port = self.listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection:
            try:
                head = b""
                while b"\r\n\r\n" not in head:
                    data = connection.recv(65536)
                    if not data:
                        return
                    head += data
                number = len(self.heads)
                self.heads.append(head.decode())
                self.times.append(time.monotonic())
                self.respond(number, connection, self.heads[-1])
            except OSError:
                pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


def respond(connection, status, body="", headers="", content_type="application/json"):
    """Sends a response and ends the connection."""
    data = body.encode()
    connection.sendall(f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(data)}\r\n{headers}"
                       "Connection: close\r\n\r\n".encode() + data)


def stream(connection, *pieces, hold=0.0):
    """Begins a stream that ends with the connection, and sends pieces of it."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
    for piece in pieces:
        connection.sendall(piece if isinstance(piece, bytes) else piece.encode())
    if hold:
        connection.settimeout(hold)
        try:
            connection.recv(1)  # until the client leaves
        except TimeoutError:
            pass


def first_byte_ms(t, *args):
    """
    How long a command takes to its first byte, by the clock and in time of the processors, which other processes do not stretch.
    {url} in the arguments is where the byte goes to.
    """
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(30)
        words = [str(word).replace("{url}", f"http://127.0.0.1:{server.getsockname()[1]}") for word in args]
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        process = subprocess.Popen(argv(t, words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=t.dir,
                                   env=environment())
        try:
            connection, _ = server.accept()
            with connection:
                connection.recv(1)
                clock = time.monotonic() - begun
        finally:
            process.kill()
            process.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return clock * 1000, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def image_only(t):
    """Skips the case where the command is not that of a whole image."""
    launcher = shlex.split(t.options.server)[0]
    if not os.path.exists(os.path.join(os.path.dirname(os.path.realpath(launcher)), "..", "lib", "tinysse-client.jsa")):
        raise Skip("needs the image with its archive of classes")
