"""A parser for text/event-stream that knows only the HTML standard."""

import re


class EventStreamParser:
    """A parser for text/event-stream, step by step as the HTML standard describes it (section 9.2.6).

    Feed it bytes in any portions; `events` collects (type, data, last event id) in order of dispatch.
    """

    def __init__(self):
        self.events = []
        self.comments = []
        self.reconnection_time = None
        self.last_event_id = ""
        self._pending = b""  # bytes of an unfinished line
        self._started = False
        self._after_cr = False
        self._clear()
        self._id_buffer = ""

    def _clear(self):
        self._data, self._type = "", ""

    def feed(self, data):
        data = self._pending + data
        self._pending = b""
        if not self._started:
            if len(data) < 3 and b"\xef\xbb\xbf".startswith(data):
                self._pending = data
                return self
            self._started = True
            if data.startswith(b"\xef\xbb\xbf"):
                data = data[3:]
        start = 0
        for found in re.finditer(rb"\r\n|\r|\n", data):
            if self._after_cr and found.start() == 0 and found.group() == b"\n":
                start = found.end()  # second half of a CRLF that was split between two portions
                self._after_cr = False
                continue
            self._after_cr = False
            self._line(data[start: found.start()].decode("utf-8", "replace"))
            start = found.end()
            if found.group() == b"\r" and found.end() == len(data):
                self._after_cr = True
        if start < len(data):
            self._after_cr = False
        self._pending = data[start:]
        return self

    def _line(self, line):
        if line == "":
            self._dispatch()
        elif line.startswith(":"):
            self.comments.append(line[1:])
        else:
            name, colon, value = line.partition(":")
            if value.startswith(" "):
                value = value[1:]
            self._field(name, value)

    def _field(self, name, value):
        if name == "event":
            self._type = value
        elif name == "data":
            self._data += value + "\n"
        elif name == "id":
            if "\0" not in value:
                self._id_buffer = value
        elif name == "retry":
            if re.fullmatch(r"[0-9]+", value):
                self.reconnection_time = int(value)

    def _dispatch(self):
        self.last_event_id = self._id_buffer
        if self._data == "":
            self._type = ""
            return
        data = self._data[:-1] if self._data.endswith("\n") else self._data
        self.events.append((self._type or "message", data, self.last_event_id))
        self._clear()

    @classmethod
    def parse(cls, data):
        return cls().feed(data)
