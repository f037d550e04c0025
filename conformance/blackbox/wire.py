"""HTTP/1.1 by hand over a raw socket, so that a case sees and may send every byte."""

import json
import re
import select
import socket
import struct
import time

from .checks import Fail, eq, ok, short


class Head:
    """Status line and header fields of a response, in wire order."""

    def __init__(self, raw):
        lines = raw.split(b"\r\n")
        status_line = lines[0].decode("latin-1")
        parts = status_line.split(" ", 2)
        if len(parts) < 2 or not parts[0].startswith("HTTP/") or not parts[1].isdigit():
            raise Fail(f"not a status line: {short(repr(status_line))}")
        self.version, self.status = parts[0], int(parts[1])
        self.raw = raw
        self.fields = []
        for line in lines[1:]:
            name, colon, value = line.decode("latin-1").partition(":")
            if not colon:
                raise Fail(f"not a header line: {short(repr(line))}")
            self.fields.append((name.lower(), value.strip()))

    def all(self, name):
        return [value for key, value in self.fields if key == name.lower()]

    def get(self, name, default=None):
        values = self.all(name)
        return values[0] if values else default

    def items(self, name):
        """The comma-separated elements of a list header, in lower case."""
        return [item.strip().lower() for value in self.all(name) for item in value.split(",") if item.strip()]


class Response(Head):
    def __init__(self, raw_head, body):
        super().__init__(raw_head)
        self.body = body

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            raise Fail(f"body is not JSON: {short(repr(self.body))}") from None


def request_bytes(method, target, headers=(), body=None, host="127.0.0.1", close=True):
    """A request as it goes out. Header names and values may be str (latin-1) or bytes, and may repeat."""
    as_bytes = lambda v: v if isinstance(v, bytes) else v.encode("latin-1")
    fields = [(as_bytes(k), as_bytes(v)) for k, v in (headers.items() if isinstance(headers, dict) else headers)]
    names = {k.lower() for k, _ in fields}
    if b"host" not in names:
        fields.insert(0, (b"Host", host.encode()))
    if close and b"connection" not in names:
        fields.append((b"Connection", b"close"))
    if body is not None and b"content-length" not in names and b"transfer-encoding" not in names:
        fields.append((b"Content-Length", str(len(body)).encode()))
    head = as_bytes(method) + b" " + as_bytes(target) + b" HTTP/1.1\r\n"
    return head + b"".join(k + b": " + v + b"\r\n" for k, v in fields) + b"\r\n" + (body or b"")


class Connection:
    """A TCP connection that speaks HTTP/1.1 by hand. All waits are bounded by the deadline that is passed in."""

    def __init__(self, port, host="127.0.0.1", timeout=10.0, receive_buffer=None, source=None):
        self.sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        if receive_buffer:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.sock.settimeout(timeout)
        if source:
            self.sock.bind((source, 0))
        self.sock.connect((host, port))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()
        self.eof = False
        self.reset = False
        self.closed = False

    @property
    def address(self):
        return self.sock.getsockname()[:2]

    def send(self, data):
        self.sock.settimeout(10)
        self.sock.sendall(data)

    def fill(self, deadline):
        """Reads once; False when the deadline passed or the peer has closed."""
        if self.eof:
            return False
        left = deadline - time.monotonic()
        poll = select.poll()  # select() takes no more than 1,024 descriptors of a process, which has those of all cases
        poll.register(self.sock, select.POLLIN)
        if not poll.poll(max(0.0, 1000 * left)):
            return False
        try:
            data = self.sock.recv(65536)
        except ConnectionError:
            self.eof = self.reset = True
            return False
        if not data:
            self.eof = True
            return False
        self.buffer += data
        return True

    def _until(self, what, have, deadline):
        while not have():
            if not self.fill(deadline):
                state = "connection reset" if self.reset else "connection closed" if self.eof else "timeout"
                raise Fail(f"{state} while waiting for {what}"
                           + (f"; got {short(repr(bytes(self.buffer)), 80)}" if self.buffer else ""))

    def head(self, timeout):
        """Raw status line and header fields, without the empty line."""
        deadline = time.monotonic() + timeout
        while True:
            self._until("a response", lambda: b"\r\n\r\n" in self.buffer, deadline)
            end = self.buffer.index(b"\r\n\r\n")
            raw = bytes(self.buffer[:end])
            del self.buffer[: end + 4]
            if not raw.startswith(b"HTTP/1.1 1"):  # an interim response is not the response
                return raw

    def response(self, timeout, method="GET"):
        deadline = time.monotonic() + timeout
        raw = self.head(timeout)
        head = Head(raw)
        body = b""
        if method == "HEAD" or head.status in (204, 304):
            pass
        elif "chunked" in head.items("transfer-encoding"):
            body = self._chunked(deadline)
        elif head.get("content-length") is not None:
            size = int(head.get("content-length"))
            self._until("the body", lambda: len(self.buffer) >= size, deadline)
            body = bytes(self.buffer[:size])
            del self.buffer[:size]
        else:
            while self.fill(deadline):
                pass
            ok(self.eof, "body without length and the connection stays open")
            body = bytes(self.buffer)
            self.buffer.clear()
        return Response(raw, body)

    def _chunked(self, deadline):
        body = b""
        while True:
            self._until("a chunk", lambda: b"\r\n" in self.buffer, deadline)
            end = self.buffer.index(b"\r\n")
            size = chunk_size(bytes(self.buffer[:end]))
            self._until("a chunk", lambda: len(self.buffer) >= end + 2 + size + 2, deadline)
            body += bytes(self.buffer[end + 2: end + 2 + size])
            eq(bytes(self.buffer[end + 2 + size: end + 4 + size]), b"\r\n", "bytes after a chunk")
            del self.buffer[: end + 4 + size]
            if size == 0:
                return body

    def read_to_end(self, timeout):
        """Everything until the peer closes; the connection must close within the time."""
        deadline = time.monotonic() + timeout
        while self.fill(deadline):
            pass
        ok(self.eof, f"connection still open after {timeout:g} s")
        data = bytes(self.buffer)
        self.buffer.clear()
        return data

    def shutdown_write(self):
        self.sock.shutdown(socket.SHUT_WR)

    def close(self, how="fin"):
        """fin: an ordinary close. rst: the peer sees a reset."""
        if self.closed:
            return
        self.closed = True
        if how == "rst":
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.sock.close()


def chunk_size(line):
    digits = line.split(b";")[0].strip()
    if not re.fullmatch(rb"[0-9A-Fa-f]+", digits):
        raise Fail(f"not a chunk size: {short(repr(line))}")
    return int(digits, 16)
