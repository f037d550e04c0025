"""The context of a case: its server, and shorthands for publishing and subscribing."""

import json
import os
import re
import shlex
import shutil
import socket
import tempfile
import time
from urllib.parse import quote

from .checks import Fail, Skip, eq, short
from .server import Server, free_port
from .stream import Stream
from .wire import Connection, Head, request_bytes


class Context:
    """The context of a case: the server it was given, and shorthands for publishing and subscribing."""

    def __init__(self, case_, options):
        self.case, self.options = case_, options
        self.is_original = options.original
        declared = options.original and case_.original
        self.patience = min(options.patience, 2.5) if declared else options.patience
        self.dir = tempfile.mkdtemp(prefix="conform-")
        self.port = None
        self.server = None
        self.servers = []
        self.open = []
        self.observed = {}
        self.may_exit = False  # set by a case that ends its server on purpose

    # -- servers

    def needs_script(self):
        if self.options.no_script:
            raise Skip("needs a hook script")

    def _fill(self, text, port):
        return text.replace("@PORT@", str(port)).replace("@DIR@", self.dir)

    def write(self, name, content):
        if name.endswith(".lua"):
            self.needs_script()
        path = os.path.join(self.dir, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = content if isinstance(content, bytes) else self._fill(content, self.port).encode()
        with open(path, "wb") as out:
            out.write(data)
        return path

    def path(self, name):
        return os.path.join(self.dir, name)

    def start(self, args=(), script=None, env=None, files=None, listen=True, wait=True, port=None, cwd=None,
              host="127.0.0.1", command=None):
        """
        Starts a server. `listen` False leaves --listen away; `wait` False does not wait for the port; `command` is
        another one than that of the suite.
        """
        for attempt in range(3):
            self.port = port or free_port(socket.AF_INET6 if ":" in host else socket.AF_INET)
            for name, content in (files or {}).items():
                self.write(name, content)
            argv = shlex.split(command or self.options.server)
            if listen:
                argv += ["--listen", f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"]
            if script is not None:
                argv += ["--script", self.write("hooks.lua", script)]
            argv += [self._fill(a, self.port) for a in args]
            if "--script" in argv:
                self.needs_script()
            environment = {k: v for k, v in os.environ.items() if not k.startswith("TINYSSE_")}
            environment["NO_COLOR"] = "1"
            environment.update({k: self._fill(v, self.port) for k, v in (env or {}).items()})
            self.server = Server(argv, cwd or self.dir, environment, self.port)
            self.servers.append(self.server)
            if not wait:
                return self.server
            try:
                self.server.wait_port(30, host)
                return self.server
            except Fail:
                taken = any(re.search(r"in use", line, re.I) for line in self.server.output())
                if port or not taken or attempt == 2:  # somebody else was quicker to take the port: try another
                    raise
                self.server.stop(1)
        return self.server

    def run_to_exit(self, args=(), **options):
        """Starts a server that is expected to end by itself; hands back it and its exit status."""
        self.may_exit = True
        server = self.start(args, wait=False, **options)
        return server, server.wait_exit(max(self.patience, 2.5))

    def stop(self):
        """Closes all clients and stops the server as an operator would."""
        self.may_exit = True
        for connection in self.open:
            connection.close()
        self.server.stop(self.options.grace)

    # -- plain requests

    def connect(self, host="127.0.0.1", receive_buffer=None):
        connection = Connection(self.port, host, receive_buffer=receive_buffer)
        self.open.append(connection)
        return connection

    def request(self, method, target, headers=(), body=None, timeout=None, host="127.0.0.1"):
        connection = self.connect(host)
        try:
            connection.send(request_bytes(method, target, headers, body))
            return connection.response(self.patience if timeout is None else timeout, method)
        finally:
            connection.close()

    def raw(self, data, timeout=None, method="GET"):
        connection = self.connect()
        try:
            connection.send(data)
            return connection.response(self.patience if timeout is None else timeout, method)
        finally:
            connection.close()

    def get(self, target, headers=(), **options):
        return self.request("GET", target, headers, **options)

    # -- publish

    def post(self, body, content_type="application/json", path="/sse", headers=(), **options):
        fields = list(headers.items() if isinstance(headers, dict) else headers)
        if content_type is not None:
            fields.append(("Content-Type", content_type))
        return self.request("POST", path, fields, body if isinstance(body, bytes) else body.encode(), **options)

    def post_json(self, value, **options):
        return self.post(json.dumps(value), **options)

    def post_form(self, pairs, **options):
        fields = pairs.items() if isinstance(pairs, dict) else pairs
        body = "&".join(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in fields)
        return self.post(body, "application/x-www-form-urlencoded", **options)

    def publish(self, data=None, path="/sse", **fields):
        """Publishes as JSON, insists on 202 and hands back the response's fields."""
        if data is not None:
            fields["data"] = data
        response = self.post_json(fields, path=path)
        eq(response.status, 202, f"status of the publish ({short(response.text, 80)})")
        return response.json()

    # -- subscribe

    def open_stream(self, path="/sse", headers=(), receive_buffer=None, host="127.0.0.1", timeout=None):
        """Sends the request, reads the head, leaves the body alone; the status may be anything."""
        connection = self.connect(host, receive_buffer)
        fields = list(headers.items() if isinstance(headers, dict) else headers)
        if not any(k.lower() == "accept" for k, _ in fields if isinstance(k, str)):
            fields.append(("Accept", "text/event-stream"))
        connection.send(request_bytes("GET", path, fields, close=False))
        head = Head(connection.head(self.patience if timeout is None else timeout))
        return Stream(connection, head, self.patience)

    def sub(self, path="/sse", headers=(), **options):
        """A stream that is established: status 200 and the comment ok have been seen."""
        stream = self.open_stream(path, headers, **options)
        eq(stream.head.status, 200, "status of the subscribe")
        eq(stream.block(), ": ok", "first block of the stream")
        return stream

    # -- what the hook script and the log said

    def emitted(self, kind, n=1, timeout=None):
        """The first lines that the script sent with emit(kind, …), at least n, as dictionaries."""
        self.server.wait_line(rf'^@@.*"kind":\s*"{re.escape(kind)}"', self.patience if timeout is None else timeout, n)
        return self.emitted_now(kind)

    def emitted_now(self, kind=None):
        found = []
        for line in self.server.output():
            if line.startswith("@@"):
                value = json.loads(line[2:])
                if kind in (None, value["kind"]):
                    found.append(value)
        return found

    def log(self, pattern, n=1, timeout=None):
        return self.server.wait_line(pattern, self.patience if timeout is None else timeout, n)

    def wait(self, condition, what, timeout=None):
        """Waits until the condition holds; for what nothing announces."""
        timeout = self.patience if timeout is None else timeout
        deadline = time.monotonic() + timeout
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > deadline:
                raise Fail(f"not within {timeout:g} s: {what}")
            time.sleep(0.02)

    def observe(self, key, value):
        """Notes something on which the contract is silent, for --record and --golden."""
        self.observed[key] = value

    def note_response(self, key, response):
        skip = {"date", "content-length", "last-modified"}
        self.observe(key, {"status": response.status, "body": response.text,
                           "headers": sorted(f"{k}: {v}" for k, v in response.fields if k not in skip)})

    def close(self):
        for connection in self.open:
            connection.close()
        for server in self.servers:
            server.stop(self.options.grace)
        shutil.rmtree(self.dir, ignore_errors=True)
