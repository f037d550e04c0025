"""Section 10.5: addresses, Unix sockets, proxies, compression."""

import os
import re
import socket
import stat
import time
import zlib

from blackbox.certificates import certificate, trusting
from conform import case, eq, matches

SCRIPT = 'function subscribe(sub) print("from " .. sub.req.addr.ip .. " " .. sub.req.addr.port) return sub end'


def on_socket(t, path):
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(t.patience)
    connection.connect(path)
    t.open.append(connection)
    return connection


def subscribe(connection, headers=""):
    connection.sendall(f"GET /sse HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode())
    got = b""
    while b"\r\n\r\n" not in got or not got.partition(b"\r\n\r\n")[2]:
        got += connection.recv(65536)
    return got


@case("10.5", "--listen may be repeated: plain, TLS and a Unix socket; each is in the log, on a socket req.addr is unix and 0")
def several_addresses(t):
    cert, key = certificate(t)
    path = t.path("x.sock")
    t.start(["--listen", "tls:127.0.0.1:0", "--listen", f"unix:{path}", "--tls-cert", cert, "--tls-key", key], script=SCRIPT)
    t.log(r"Listening on 127\.0\.0\.1:\d+$")
    t.log(r"Listening on tls:127\.0\.0\.1:\d+$")
    t.log("Listening on unix:" + path)
    port = next(line.rpartition(":")[2] for line in t.server.output() if "Listening on tls:" in line)
    with trusting().wrap_socket(socket.create_connection(("127.0.0.1", int(port)), t.patience)) as connection:
        matches(b": ok", subscribe(connection), "a stream over TLS")
    matches(b": ok", subscribe(on_socket(t, path)), "a stream over the socket")
    t.log("^from unix 0$")
    eq(stat.S_IMODE(os.stat(path).st_mode), 0o660, "the file's mode")
    t.stop()
    eq(os.path.exists(path), False, "the file after the stop")


@case("10.5", "addresses come as a list in YAML and with commas from the environment, and the mode of the socket, too", start=False)
def sources(t):
    path = t.path("y.sock")
    t.start(["--config", t.write("c.yaml", f"listen: [127.0.0.1:0, 'unix:{path}']\nlisten-mode: \"0600\"\n")], listen=False, wait=False)
    t.log("Listening on unix:", timeout=30)
    eq(stat.S_IMODE(os.stat(path).st_mode), 0o600, "the file's mode")
    t.server.stop(t.options.grace)
    t.start(env={"TINYSSE_LISTEN": f"127.0.0.1:0,unix:{path}"}, listen=False, wait=False)
    t.log("Listening on unix:", timeout=30)


@case("10.5", "a stale socket is taken over, a file or a living server is an error that names it", start=False)
def stale(t):
    path = t.path("z.sock")
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(path)
    dead.close()
    t.start(["--listen", f"unix:{path}"])
    _, status = t.run_to_exit(["--listen", f"unix:{path}"])
    eq(status, 1, "status beside a living server")
    matches("z.sock", "\n".join(t.server.output()), "the line")
    other = t.write("file", "precious")
    _, status = t.run_to_exit(["--listen", f"unix:{other}"])
    eq(status, 1, "status with a file")
    with open(other, encoding="utf-8") as file:
        eq(file.read(), "precious", "the file")


@case("10.5", "X-Forwarded-For is used from trusted proxies alone, from the right, and Forwarded is not", start=False)
def proxies(t):
    path = t.path("p.sock")
    t.start(["--listen", f"unix:{path}", "--trusted-proxies", "127.0.0.0/8,10.0.0.0/8"], script=SCRIPT)
    for header, want in (("X-Forwarded-For: 1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9 0"),
                         ("X-Forwarded-For: 10.0.0.3, 10.0.0.2", "10.0.0.3 0"),
                         ("X-Forwarded-For: 9.9.9.9, nonsense, 10.0.0.2", "10.0.0.2 0"),
                         ('Forwarded: for="[2001:db8::9]:81";proto=https\r\nX-Forwarded-For: 1.2.3.4', "1.2.3.4 0"),
                         ("Forwarded: for=203.0.113.10", r"127.0.0.1 [1-9]\d*")):
        subscribe(socket.create_connection(("127.0.0.1", t.port)), header + "\r\n")
        t.log("^from " + want.replace(".", r"\.") + "$")
    subscribe(on_socket(t, path), "X-Forwarded-For: 7.7.7.7\r\n")
    t.log("^from unix 0$")


@case("10.5", "with forwarded in --trusted-proxies, Forwarded is used and X-Forwarded-For is not", start=False)
def forwarded(t):
    t.start(["--trusted-proxies", "127.0.0.0/8,forwarded,10.0.0.0/8"], script=SCRIPT)
    for header, want in (('Forwarded: for="[2001:db8::9]:81";proto=https\r\nX-Forwarded-For: 1.2.3.4', "2001:db8::9 81"),
                         ("Forwarded: for=1.1.1.1, for=203.0.113.9, for=10.0.0.2", "203.0.113.9 0"),
                         ("X-Forwarded-For: 203.0.113.10", r"127.0.0.1 [1-9]\d*")):
        subscribe(socket.create_connection(("127.0.0.1", t.port)), header + "\r\n")
        t.log("^from " + want.replace(".", r"\.") + "$")


@case("10.5", "without --trusted-proxies they are headers like any other; a bad network, and forwarded alone, are status 2")
def no_proxies(t):
    t.start(script=SCRIPT)
    subscribe(socket.create_connection(("127.0.0.1", t.port)), "X-Forwarded-For: 7.7.7.7\r\nForwarded: for=8.8.8.8\r\n")
    t.log(r"^from 127\.0\.0\.1 [1-9]")
    for value in ("10.0.0.0/33", "10.0.0.0/8,x-forwarded-for", "forwarded"):
        server, status = t.run_to_exit(["--trusted-proxies", value])
        eq(status, 2, f"status of {value}")
        matches(f"trusted-proxies must be .*: trusted-proxies={re.escape(value)} ", "\n".join(server.output()), "the line")


@case("10.5", "with --compress gzip each event can be read at once, to the end of one member; Vary is there, without gzip too", start=False)
def gzip(t):
    t.start(["--compress", "gzip", "--timeout", "3s", "--keep-alive", "500ms"])
    plain = subscribe(socket.create_connection(("127.0.0.1", t.port)))
    matches(rb"(?i)vary: accept-encoding", plain, "Vary without gzip")
    matches(rb": ok\n\n", plain, "a plain stream")
    connection = socket.create_connection(("127.0.0.1", t.port), t.patience)
    got = subscribe(connection, "Accept-Encoding: gzip, br\r\nConnection: close\r\n")
    head, _, wire = got.partition(b"\r\n\r\n")
    matches(rb"(?i)content-encoding: gzip", head, "coding")
    matches(rb"(?i)vary: accept-encoding", head, "Vary")
    decoder, text, body = zlib.decompressobj(31), b"", wire
    began = None
    while True:
        while b"\r\n" in body:
            size, _, tail = body.partition(b"\r\n")
            length = int(size, 16)
            if len(tail) < length + 2:
                break
            text += decoder.decompress(tail[:length])
            body = tail[length + 2:]
        if began is None and b": ok\n\n" in text:
            began = time.monotonic()
            t.publish("an event " * 50)
        if b"an event" in text and began:
            eq(time.monotonic() - began < t.patience, True, "in time")
            began = 0
        data = connection.recv(65536)
        if not data:
            break
        body += data
    eq(decoder.eof, True, "the member is complete, sum and length are right")
    eq(decoder.unused_data, b"", "nothing behind it")
    matches(rb": keep-alive\n\n", text, "keep-alives")
    matches(rb": timeout\nretry: \d+\n\n\Z", text, "the end")
