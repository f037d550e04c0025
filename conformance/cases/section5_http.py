"""Section 5.3: the package http on the built server: what reaches another server, and how often."""

import contextlib
import socket
import threading
import time

from conform import EMIT, case, eq, matches, ok


class Peer:
    """A server that notes each request as (connection, request line, headers) and responds as `response(path)` says."""

    def __init__(self, response):
        self.response, self.requests, self.connections = response, [], 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(client, self.connections), daemon=True).start()

    def _serve(self, client, number):
        with client, client.makefile("rwb") as file, contextlib.suppress(OSError):
            while line := file.readline():
                fields = dict(self._field(file) for _ in iter(lambda: file.peek(2)[:2] != b"\r\n", False))
                file.readline()
                file.read(int(fields.get("content-length", 0)))
                self.requests.append((number, line.split()[0].decode(), line.split()[1].decode(), fields))
                response = self.response(self.requests[-1][2])
                if response is None:
                    return
                file.write(response)
                file.flush()

    @staticmethod
    def _field(file):
        name, _, value = file.readline().decode().strip().partition(": ")
        return name.lower(), value

    def seen(self, path):
        return [request for request in self.requests if request[2] == path]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()


def fine(body=b"fine", status="200 OK", *fields):
    head = "".join(field + "\r\n" for field in (f"HTTP/1.1 {status}", *fields, f"Content-Length: {len(body)}"))
    return head.encode() + b"\r\n" + body


def called(t, peer, lua):
    """The output of a script's top level, where `peer` is the address of the other server."""
    t.start(script=EMIT + f'local http, peer = require "http", "http://127.0.0.1:{peer.port}"\n' + lua)
    return t.emitted("result")[0]


@case("5.3", "http sends nothing twice, not even over a reused connection", start=False)
def http_sends_once(t):
    with Peer(lambda path: None if path.startswith("/close") else fine()) as peer:
        got = called(t, peer, """
            local agent, errors = http.agent(), {}
            for i, method in ipairs {"GET", "HEAD", "PUT", "POST", "DELETE"} do
              agent:get(peer .. "/before")
              errors[i] = select(2, pcall(agent.request, agent, method, peer .. "/close/" .. method))
              errors[#errors + 1] = select(2, pcall(http.request, method, peer .. "/close/new/" .. method, {body = "x"}))
            end
            emit("result", {errors = errors})""")
        for error in got["errors"]:
            matches(rf"^error sending request for url \(http://127\.0\.0\.1:{peer.port}/close/[\w/]+\): ", error, "error")
        closed = [request[2] for request in peer.requests if request[2].startswith("/close")]
        eq(len(closed), 10, f"requests: {closed}")
        eq(len(set(closed)), 10, f"different requests: {closed}")


@case("5.3", "an agent keeps its connection for itself, and takes a new one when the server has closed it", start=False,
      original="differs: without an agent each request has a new connection")
def http_keeps_connections(t):
    def response(path):
        return fine(b"", "200 OK", "Connection: close") if path == "/last" else fine()

    with Peer(response) as peer:
        called(t, peer, """
            local one, two = http.agent(), http.agent()
            for i = 1, 3 do
              one:get(peer .. "/one")
              two:get(peer .. "/two")
              http.get(peer .. "/shared")
            end
            one:get(peer .. "/last")
            one:get(peer .. "/again")
            emit("result")""")
        one, two, shared = ({request[0] for request in peer.seen(path)} for path in ("/one", "/two", "/shared"))
        eq((len(one), len(two), len(shared)), (1, 1, 1), "connections of each")
        eq(len(one | two | shared), 3, "connections of all")
        eq(peer.seen("/last")[0][0], *one, "connection of the last request")
        ok(peer.seen("/again")[0][0] not in one, "the closed connection was used again")


@case("5.3", "the timeout is that of the whole exchange, with redirects and body", start=False,
      original="differs: one for each hop")
def http_timeout(t):
    def response(path):
        if path == "/body":
            return b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
        time.sleep(0.3)
        left = int(path.rsplit("/", 1)[1])
        return fine(b"", "302 Found", f"Location: {left - 1}") if left else fine()

    with Peer(response) as peer:
        got = called(t, peer, """
            local function try(path, timeout)
              local good, response = pcall(http.get, peer .. path, {timeout = timeout})
              return good and response.body or response
            end
            emit("result", {slow = try("/slow/0", 100), moved = try("/moved/6", 1000), body = try("/body", 2000),
              fine = try("/moved/2", 20000)})""")
        matches(r"^error sending request .*/slow/0\): timed out$", got["slow"], "slow response")
        matches(r"/moved/[1-6]\): timed out$", got["moved"], "six slow redirects")
        matches(r"^error decoding response body .*/body\): timed out$", got["body"], "slow body")
        eq(got["fine"], "fine", "response in time")


@case("5.3", "name and password of an address become credentials; they, cookies and an own host do not leave the host",
      start=False)
def http_credentials(t):
    with Peer(lambda path: fine()) as other:
        def response(path):
            return fine(b"", "307 Moved", f"Location: http://127.0.0.1:{other.port}/there") if path == "/away" else fine()

        with Peer(response) as peer:
            called(t, peer, """
                local address = peer:gsub("//", "//me:p%%40ss@")
                http.get(address .. "/here")
                http.post(address .. "/away", {body = "x", headers = {Cookie = "a=1", ["X-Own"] = "stays"}})
                http.get(peer .. "/away", {headers = {Authorization = "Bearer x", Host = "own.example"}})
                emit("result")""")
            eq(peer.seen("/here")[0][3]["authorization"], "Basic bWU6cEBzcw==", "credentials")
            eq([request[3].get("authorization") for request in peer.seen("/away")], ["Basic bWU6cEBzcw==", "Bearer x"],
               "credentials for the host")
            eq(peer.seen("/away")[1][3]["host"], "own.example", "host that the script has set")
            for _, _, _, fields in other.seen("/there"):
                eq([fields.get(name) for name in ("authorization", "cookie")], [None, None], "what came to the other host")
                eq(fields["host"], f"127.0.0.1:{other.port}", "host that came to the other host")
            eq(other.seen("/there")[0][3]["x-own"], "stays", "header that came to the other host")


@case("5.3", "nine redirects are followed and ten are not", start=False)
def http_redirects(t):
    def response(path):
        left = int(path.rsplit("/", 1)[1])
        return fine(b"", "302 Found", f"Location: {left - 1}") if left else fine()

    with Peer(response) as peer:
        got = called(t, peer, """
            emit("result", {nine = http.post(peer .. "/nine/9", {body = "x"}).status,
              ten = select(2, pcall(http.get, peer .. "/ten/10"))})""")
        eq(got["nine"], 200, "status behind nine redirects")
        eq([request[1] for request in peer.requests[:10]], ["POST"] + ["GET"] * 9, "methods")
        matches(r"^error following redirect for url .*: too many redirects$", got["ten"], "error of ten redirects")
