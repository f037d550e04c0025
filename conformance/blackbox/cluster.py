"""Helpers of the cases about several nodes: Redis servers and sentinels as installed, a proxy before Redis, and nodes."""

import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time

from .checks import Fail, Skip, eq, short
from .server import free_port
from .stream import Stream
from .wire import Connection, Head, request_bytes

AWAY = "not connected to the cluster"
SILENT = "the cluster does not answer; the message may or may not have been published"
TIMEOUT = ["--cluster-timeout", "1s"]


class Engine:
    """A redis-server of a case's own."""

    def __init__(self, t, *options, program="redis-server", config=None):
        self.program = shutil.which(program)
        if not self.program:
            raise Skip(f"{program} is not installed")
        self.t, self.port, self.options = t, free_port(), options
        self.dir = t.path(f"{program}-{self.port}")
        os.makedirs(self.dir)
        self.config = config
        self.process = None
        t.open.append(self)  # closed with the case's connections
        self.start()

    def start(self):
        command = [self.program]
        if self.config is not None:
            path = os.path.join(self.dir, "engine.conf")
            with open(path, "w") as out:
                out.write(self.config)
            command.append(path)
        if "redis-server" in self.program:
            command += ["--save", "", "--appendonly", "no"]
        command += ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", self.dir, *self.options]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while True:
            try:
                self.call("PING")
                return self
            except (OSError, Fail):
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise Fail(f"{self.program} did not start") from None
                time.sleep(0.02)

    def call(self, *words, timeout=5):
        """Calls a command on a connection of its own."""
        with socket.create_connection(("127.0.0.1", self.port), timeout) as s:
            data = f"*{len(words)}\r\n".encode()
            for word in words:
                text = word if isinstance(word, bytes) else str(word).encode()
                data += b"$%d\r\n%s\r\n" % (len(text), text)
            s.sendall(data)
            with s.makefile("rb") as reader:
                return self._reply(reader)

    def _reply(self, reader):
        line = reader.readline()
        if not line:
            raise Fail("Redis has closed the connection")
        kind, text = line[:1], line[1:-2].decode("utf-8", "replace")
        if kind == b"$":
            if text == "-1":
                return None
            return reader.read(int(text) + 2)[:-2].decode("utf-8", "replace")
        if kind == b"*":
            return [self._reply(reader) for _ in range(int(text))]
        return int(text) if kind == b":" else "-" + text if kind == b"-" else text

    def stop(self, number=signal.SIGKILL):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(number)
            self.process.wait()

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def close(self):
        self.stop()

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}"


def sentinel(t, master, name="tinysse"):
    """A sentinel that watches a master, and takes it for down after a second."""
    return Engine(t, program="redis-sentinel", config=(
        f"sentinel monitor {name} 127.0.0.1 {master.port} 1\n"
        f"sentinel down-after-milliseconds {name} 1000\nsentinel failover-timeout {name} 3000\n"))


class Proxy:
    """Stands between nodes and Redis; can cut connections, also between a request and its answer."""

    def __init__(self, t, engine):
        self.target = engine.port
        self.rewrite = lambda data: data  # of what Redis answers
        self.cut_answers = 0  # so many appends reach Redis, and their connection ends before the answer
        self.refuse = False
        self.pairs = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        t.open.append(self)
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}"

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            if self.refuse:
                client.close()
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self.target), 5)
                server.settimeout(None)
            except OSError:
                client.close()
                continue
            self.pairs.append((client, server))
            state = {"appends": False}
            threading.Thread(target=self._requests, args=(client, server, state), daemon=True).start()
            threading.Thread(target=self._answers, args=(server, client, state), daemon=True).start()

    def _requests(self, client, server, state):
        try:
            while data := client.recv(65536):
                state["appends"] = b":batch:" in data or state["appends"] and b"EVAL" not in data
                server.sendall(data)
        except OSError:
            pass
        self._close(client, server)

    def _answers(self, server, client, state):
        try:
            while data := server.recv(65536):
                if self.cut_answers > 0 and state["appends"] and not data.startswith(b"-NOSCRIPT"):
                    self.cut_answers -= 1
                    break
                client.sendall(self.rewrite(data))
        except OSError:
            pass
        self._close(client, server)

    @staticmethod
    def _close(*ends):
        for end in ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

    def cut(self):
        """Ends all connections."""
        pairs, self.pairs = self.pairs, []
        for pair in pairs:
            self._close(*pair)

    def close(self):
        self.listener.close()
        self.cut()


class Node:
    """One node of a cluster."""

    def __init__(self, t, url, *args, **options):
        self.t = t
        self.args = ["--cluster", url, *args]
        self.options = options
        self.port = None
        self.start()

    def start(self, wait_well=True):
        self.server = self.t.start(self.args, port=self.port, **self.options)
        self.port = self.server.port
        if wait_well:
            self.wait_health("ok")
        return self

    def _at(self):
        self.t.port, self.t.server = self.port, self.server
        return self.t

    def publish(self, data=None, path="/sse", **fields):
        return self._at().publish(data, path, **fields)

    def post(self, value, **options):
        return self._at().post_json(value, **options)

    def sub(self, path="/sse", headers=(), **options):
        return self._at().sub(path, headers, **options)

    def get(self, target, **options):
        return self._at().get(target, **options)

    def log(self, pattern, n=1, timeout=None):
        return self.server.wait_line(pattern, self.t.patience if timeout is None else timeout, n)

    def health(self):
        response = self.get("/healthz", timeout=10)
        return response.status, response.json().get("status")

    def wait_health(self, status, timeout=20):
        want = (200 if status == "ok" else 503, status)
        self.t.wait(lambda: self.health() == want, f"/healthz is {want}", timeout)


class Load:
    """A publisher on a thread of its own: numbered messages to one or more nodes, and which were acknowledged."""

    def __init__(self, nodes, name="m", pause=0.01, path="/sse"):
        self.ports, self.name, self.pause, self.path = [node.port for node in nodes], name, pause, path
        self.acknowledged, self.refused, self.unknown = [], [], []
        self.errors = {}
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        number = 0
        while not self.ended.is_set():
            data = f"{self.name}{number}"
            self._publish(self.ports[number % len(self.ports)], data)
            number += 1
            time.sleep(self.pause)

    def _publish(self, port, data):
        try:
            connection = Connection(port)
        except OSError:
            self.refused.append(data)
            return
        try:
            connection.send(request_bytes("POST", self.path, {"Content-Type": "application/json"},
                                          json.dumps({"data": data}).encode()))
            response = connection.response(15, "POST")
            if response.status == 202:
                self.acknowledged.append(data)
            else:
                self.errors[response.text] = self.errors.get(response.text, 0) + 1
                (self.unknown if SILENT in response.text else self.refused).append(data)
        except (OSError, Fail):
            self.unknown.append(data)
        finally:
            connection.close()

    def stop(self):
        self.ended.set()
        self.thread.join(30)
        return self


class Reader:
    """Reads a stream on a thread of its own; resumes with its last id when it ends, as a browser does."""

    def __init__(self, ports, path="/sse"):
        self.ports, self.path = list(ports), path
        self.events = []  # (id, event, data)
        self.comebacks = 0
        self.last_id = None
        self.ended = threading.Event()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        if not self.ready.wait(15):
            raise Fail("no stream within 15 s")

    @property
    def data(self):
        return [data for _, event, data in list(self.events) if event is None]

    @property
    def gaps(self):
        return [json.loads(data) for _, event, data in list(self.events) if event == "tinysse.gap"]

    def _run(self):
        turn = 0
        while not self.ended.is_set():
            port = self.ports[turn % len(self.ports)]
            turn += 1
            try:
                self._read(port)
            except (OSError, Fail):
                pass
            self.comebacks += 1
            time.sleep(0.05)

    def _read(self, port):
        connection = Connection(port)
        try:
            headers = {"Accept": "text/event-stream"}
            if self.last_id is not None:
                headers["Last-Event-ID"] = self.last_id
            connection.send(request_bytes("GET", self.path, headers, close=False))
            head = Head(connection.head(10))
            if head.status != 200:
                return
            stream = Stream(connection, head, 10)
            while not self.ended.is_set():
                try:
                    block = stream.block(0.5)
                except Fail:
                    if stream.ended:
                        return
                    continue
                self._take(block)
        finally:
            connection.close()

    def _take(self, block):
        if block == ": ok":
            self.ready.set()
        fields = {}
        for line in block.split("\n"):
            name, _, value = line.partition(": ")
            fields[name] = value
        if "id" in fields:
            self.last_id = fields["id"]
        if "data" in fields:
            self.events.append((fields.get("id"), fields.get("event"), fields["data"]))

    def stop(self):
        self.ended.set()
        self.thread.join(10)


def wait_all(t, readers, wanted, timeout=20):
    """Waits until each reader has all of these."""
    wanted = set(wanted)
    t.wait(lambda: all(wanted <= set(reader.data) for reader in readers),
           f"all {len(wanted)} acknowledged messages at all streams", timeout)


def check_order(readers, loads):
    """One order everywhere, nothing twice, nothing acknowledged missing."""
    acknowledged = {data for load in loads for data in load.acknowledged}
    first = readers[0].data
    for number, reader in enumerate(readers):
        got = reader.data
        eq(len(got), len(set(got)), f"messages of stream {number} that came twice: "
           f"{short(sorted(x for x in set(got) if got.count(x) > 1))}")
        missing = acknowledged - set(got)
        if missing:
            raise Fail(f"stream {number} misses {len(missing)}: {short(sorted(missing))}")
        common = set(first) & set(got)
        eq([x for x in got if x in common], [x for x in first if x in common], f"order of stream {number}")
