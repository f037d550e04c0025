#!/usr/bin/env python3
"""
What a token costs: CPU of the server per subscribe at a steady rate, without tokens, with an ES256 token that it has never seen each
time, and with the same one each time. Needs Linux and nothing beside Python's standard library.

    bench/access.py dist/target/tinysse/bin/tinysse [--rate 1000] [--seconds 10] [--rounds 3]
"""

import argparse
import base64
import hashlib
import json
import os
import secrets
import shlex
import socket
import statistics
import subprocess
import tempfile
import threading
import time

# P-256 (FIPS 186-4, D.1.2.3)
P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff
N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
G = (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
     0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5)
THREADS = 4


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    slope = ((3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)) % P
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def times(k, point=G):
    result = None
    while k:
        if k & 1:
            result = add(result, point)
        point, k = add(point, point), k >> 1
    return result


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Signer:
    """Signs quickly, always with one nonce. That gives the key away, which here is nobody's."""

    def __init__(self):
        self.key, self.nonce = secrets.randbelow(N - 1) + 1, secrets.randbelow(N - 1) + 1
        self.inverse, self.r = pow(self.nonce, -1, N), times(self.nonce)[0] % N
        self.head = base64url(b'{"alg":"ES256"}')
        self.number = 0

    def jwk(self):
        x, y = times(self.key)
        return json.dumps({"kty": "EC", "crv": "P-256", "x": base64url(x.to_bytes(32, "big")),
                           "y": base64url(y.to_bytes(32, "big"))})

    def token(self):
        self.number += 1
        claims = {"sub": f"user-{self.number}", "exp": int(time.time()) + 36_000,
                  "tinysse": {"subscribe": [f"user.{self.number}.**", "news", "default"]}}
        signed = self.head + "." + base64url(json.dumps(claims).encode())
        digest = int.from_bytes(hashlib.sha256(signed.encode()).digest(), "big")
        s = self.inverse * (digest + self.r * self.key) % N
        return signed + "." + base64url(self.r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def cpu(pid):
    fields = open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def subscribe(port, token):
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        authorization = f"Authorization: Bearer {token}\r\n" if token else ""
        client.sendall(f"GET /sse HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n{authorization}\r\n".encode())
        response = b""
        while b": ok\n\n" not in response:
            part = client.recv(4096)
            if not part or b" 200 " not in (response + part)[:16]:
                raise SystemExit(f"not a stream: {(response + part)[:200]}")
            response += part


def load(port, rate, tokens):
    """Subscribes with each of these at a steady rate; how long that took."""
    began, each = time.monotonic(), len(tokens) // THREADS

    def run(start):
        for i in range(each):
            wait = began + (i * THREADS + start) / rate - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            subscribe(port, tokens[i * THREADS + start])

    threads = [threading.Thread(target=run, args=(start,)) for start in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def measure(command, rate, seconds, tokens):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([*shlex.split(command), "--listen", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.05)
        count = rate * seconds
        load(port, rate, tokens(count))  # until the code is compiled
        batch = tokens(count)
        before = cpu(server.pid)
        took = load(port, rate, batch)
        used = cpu(server.pid) - before
        return used / count * 1000, count / took
    finally:
        server.terminate()
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command")
    parser.add_argument("--rate", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    signer = Signer()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "key.jwk")
        with open(path, "w") as file:
            file.write(signer.jwk())
        same = signer.token()
        with_key = f"{options.command} --jwt-key {path}"
        kinds = {"no token": (options.command, lambda n: [None] * n), "new token each": (with_key, lambda n: [
            signer.token() for _ in range(n)]), "same token": (with_key, lambda n: [same] * n)}
        results = {kind: [] for kind in kinds}
        for _ in range(options.rounds):
            for kind, (command, tokens) in kinds.items():
                results[kind].append(measure(command, options.rate, options.seconds, tokens))
    base = statistics.median(ms for ms, _ in results["no token"])
    for kind, rounds in results.items():
        ms = statistics.median(ms for ms, _ in rounds)
        print(f"{kind:15} {ms:.3f} ms CPU per subscribe, {ms - base:+.3f} ms; "
              f"{statistics.median(rate for _, rate in rounds):.0f} a second")


if __name__ == "__main__":
    main()
