"""A subscription as its client sees it."""

import time

from .checks import Fail, eq, ok, short
from .wire import chunk_size


class Stream:
    """A subscription. Reads only when asked to, so a case can also be a slow reader."""

    def __init__(self, connection, head, patience):
        self.connection, self.head, self.patience = connection, head, patience
        self.chunked = "chunked" in head.items("transfer-encoding")
        self.body = bytearray()  # all event-stream bytes so far
        self.taken = 0  # how many of them block() has handed out
        self.ended = False  # the body is complete: last chunk seen, or closed
        self.clean = False  # … and ended as HTTP says it must
        self._decode()

    def _decode(self):
        buffer = self.connection.buffer
        if not self.chunked:
            self.body += buffer
            buffer.clear()
            if self.connection.eof:
                self.ended, self.clean = True, not self.connection.reset
            return
        while not self.ended:
            end = buffer.find(b"\r\n")
            if end < 0:
                break
            size = chunk_size(bytes(buffer[:end]))
            if len(buffer) < end + 4 + size:
                break
            self.body += buffer[end + 2: end + 2 + size]
            eq(bytes(buffer[end + 2 + size: end + 4 + size]), b"\r\n", "bytes after a chunk")
            del buffer[: end + 4 + size]
            if size == 0:
                self.ended = self.clean = True
        if self.connection.eof:
            self.ended = True

    def fill(self, deadline):
        if self.ended:
            return False
        got = self.connection.fill(deadline)
        self._decode()
        return got

    def block(self, timeout=None):
        """The next event, comment or retry with all its lines, without the blank line that ends it."""
        timeout = self.patience if timeout is None else timeout
        deadline = time.monotonic() + timeout
        while True:
            end = self.body.find(b"\n\n", self.taken)
            if end >= 0:
                text = bytes(self.body[self.taken: end])
                self.taken = end + 2
                return text.decode("utf-8")
            if self.ended:
                rest = bytes(self.body[self.taken:])
                raise Fail("the stream ended " + ("" if self.clean else "(cut off) ") + "while an event was expected"
                           + (f"; left over {short(repr(rest))}" if rest else ""))
            if not self.fill(deadline) and not self.ended and time.monotonic() >= deadline:
                rest = bytes(self.body[self.taken:])
                raise Fail(f"no event within {timeout:g} s" + (f"; only {short(repr(rest))}" if rest else ""))

    def blocks(self, n, timeout=None):
        return [self.block(timeout) for _ in range(n)]

    def expect(self, *wanted, timeout=None):
        """The next blocks are exactly these."""
        for want in wanted:
            eq(self.block(timeout), want, "next event")

    def to_end(self, timeout=None):
        """Reads until the server ends the stream, and hands out what was not taken yet."""
        timeout = self.patience if timeout is None else timeout
        deadline = time.monotonic() + timeout
        while not self.ended and self.fill(deadline):
            pass
        ok(self.ended, f"the stream is still open after {timeout:g} s")
        rest = bytes(self.body[self.taken:])
        self.taken = len(self.body)
        return rest.decode("utf-8")

    def drain(self, seconds):
        """Reads for at most this long; for streams of which nobody knows what comes."""
        deadline = time.monotonic() + seconds
        while not self.ended and time.monotonic() < deadline:
            self.fill(deadline)
        rest = bytes(self.body[self.taken:])
        self.taken = len(self.body)
        return rest.decode("utf-8", "replace")

    def leave(self, how="fin"):
        self.connection.close(how)
