"""Section 10: API keys, keys that change, key sets that are fetched, and permissions of unauthenticated requests."""

import hashlib
import json
import socket
import threading
import time

from blackbox.channels import CHANNELS, OURS, refused
from blackbox.fixtures import FORM
from blackbox.tokens import FILES, KEY, api_key, base64url, bearer, command, key_pair, openssl, token
from conform import case, eq, matches, ok

KEYS = CHANNELS + ["--api-keys", "@DIR@/keys"]
RELOAD = 12  # a file is read again within ten seconds


def publish(t, channel, headers):
    return t.post("data=x", FORM, path="/sse/" + channel, headers=headers)


@case("10", "an API key is taken as Bearer token and as X-API-Key, with the rights of its line", args=KEYS,
      files={"keys": "# comment\n\n" + api_key("app", "k1", "publish:orders.*", "subscribe:news")}, original=OURS)
def api_keys(t):
    for headers in (bearer("k1"), {"X-API-Key": "k1"}, {"X-API-Key": "k1", **bearer("k1")}):
        eq(publish(t, "orders.a", headers).status, 202, "status")
        refused(publish(t, "news", headers), 403, "news")
        t.sub("/sse/news", headers).leave()
        refused(t.get("/sse/orders.a", headers), 403)
    for headers in (bearer("k2"), {"X-API-Key": "k2"}, {"X-API-Key": ""}, {"X-API-Key": hashlib.sha256(b"k1").hexdigest()}):
        response = t.get("/sse/news", headers)
        refused(response, 401)
        matches("invalid_token", response.get("www-authenticate"), "challenge")
    refused(t.get("/sse/news", {"X-API-Key": "k1", **bearer("k2")}), 400)


@case("10", "the command makes a key, which it prints once, and its line", start=False, original=OURS)
def made(t):
    key, line = command(t, "api-key", "make", "app", "publish:orders.*", "subscribe:news")
    eq(line, f"app {hashlib.sha256(key.encode()).hexdigest()} publish:orders.* subscribe:news", "line")
    ok(command(t, "api-key", "make", "app", "publish:x")[0] != key, "the same key again")
    t.write("keys", line + "\n")
    t.start(KEYS)
    t.sub("/sse/news", {"X-API-Key": key}).leave()
    for arguments in (["make", "app"], ["make"], [], ["make", "a b", "publish:x"], ["make", "app", "see:x"]):
        command(t, "api-key", *arguments, status=2)


@case("10", "a malformed line of the file is an error at start that names it", start=False, original=OURS)
def malformed(t):
    good = api_key("a", "k", "publish:x")
    for line in ("a", "a xyz publish:x", good.replace("publish:x", "read:x"), good.replace("publish:x", "publish:a..b")):
        path = t.write("keys", good + line)
        server, status = t.run_to_exit(["--api-keys", path])
        ok(status in (1, 2), f"status {status}")
        matches(path + r".*line 2", "\n".join(server.output()), "error")


@case("10", "files are read again within ten seconds; a broken one keeps the old keys and is an ERROR",
      args=KEYS + KEY, files={"keys": api_key("app", "k1", "subscribe:news"), **FILES}, original=OURS)
def read_again(t):
    stream = t.sub("/sse/news", bearer("k1"))
    t.write("keys", api_key("app", "k2", "subscribe:news", "publish:news"))
    t.write("secret", b"another secret of more than thirty-two bytes")
    secret = b"another secret of more than thirty-two bytes"
    t.wait(lambda: publish(t, "news", bearer("k2")).status == 202, "the new API key", RELOAD)
    t.wait(lambda: t.request("HEAD", "/sse/news", bearer(token(subscribe=["news"], secret=secret))).status == 200,
           "the new secret", RELOAD)
    refused(t.get("/sse/news", bearer("k1")), 401)
    refused(t.get("/sse/news", bearer(token(subscribe=["news"]))), 401)
    stream.expect("data: x")  # a key that is withdrawn ends nothing
    t.write("keys", "broken\n")
    t.write("secret", b"short")
    t.log(r"ERROR.*api-keys.*keys", timeout=RELOAD)
    t.log(r"ERROR.*jwt-key.*secret", timeout=RELOAD)
    eq(publish(t, "news", bearer("k2")).status, 202, "status with the old keys")
    eq(t.request("HEAD", "/sse/news", bearer(token(subscribe=["news"], secret=secret))).status, 200, "old secret")


@case("10", "unauthenticated requests have the permissions of --anonymous, by default none; tokens do not add to them",
      args=CHANNELS + KEY + ["--anonymous", "subscribe:news.*,publish:feedback"], files=FILES, original=OURS)
def anonymous(t):
    t.sub("/sse/news.*").leave()
    eq(publish(t, "feedback", {}).status, 202, "status")
    for response in (t.get("/sse/news"), t.get("/sse/news.**"), publish(t, "news.a", {})):
        refused(response, 401)
        eq(response.get("www-authenticate"), "Bearer", "challenge")
    refused(t.get("/sse/news.a", bearer(token(subscribe=["x"]))), 403)
    refused(publish(t, "feedback", bearer(token(publish=["x"]))), 403)


@case("10", "--anonymous alone says what everyone may", args=CHANNELS + ["--anonymous", "subscribe:**"], original=OURS)
def anonymous_alone(t):
    t.sub("/sse/**").leave()
    refused(publish(t, "news", {}), 401)


def ec_key(t, name):
    """Makes a key of P-256; hands back its file, and it as a JWK with its name as id."""
    private = t.path(name + ".pem")
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", private)
    point = openssl("ec", "-in", private, "-pubout", "-outform", "DER")[-64:]
    return private, {"kty": "EC", "crv": "P-256", "kid": name, "x": base64url(point[:32]), "y": base64url(point[32:])}


class KeyServer:
    """A server of a key set that counts who asks, and that a case can make misbehave."""

    def __init__(self):
        self.keys, self.asked, self.mode = [], 0, "good"
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/jwks.json"
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.respond, args=(client,), daemon=True).start()

    def respond(self, client):
        self.asked += 1
        try:
            client.recv(65536)
            body = json.dumps({"keys": self.keys}).encode()
            if self.mode == "slow":
                time.sleep(30)
            if self.mode == "large":
                client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
                for _ in range(100):
                    client.sendall(b" " * 1_000_000)
            status = b"500 Oops" if self.mode == "down" else b"200 OK"
            client.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Type: application/json\r\nContent-Length: "
                           + str(len(body)).encode() + b"\r\nConnection: close\r\n\r\n" + body)
        except OSError:
            pass
        finally:
            client.close()


def made_with(t, private, kid, channel="news"):
    return bearer(command(t, "token", "make", "--key", private, "--kid", kid, "--subscribe", channel)[0])


@case("10", "a key set is fetched, cached, and fetched again for an unknown key id, at most every 30 s", start=False,
      original=OURS)
def key_set(t):
    server = KeyServer()
    one, jwk1 = ec_key(t, "one")
    two, jwk2 = ec_key(t, "two")
    server.keys = [jwk1, {"kty": "oct", "kid": "secret", "k": base64url(b"y" * 32)}]
    t.start(CHANNELS + ["--jwt-jwks", server.url])
    t.wait(lambda: server.asked == 1, "the first fetch")
    for _ in range(3):
        t.sub("/sse/news", made_with(t, one, "one")).leave()
    eq(server.asked, 1, "fetches")
    server.keys = [jwk1, jwk2]
    t.sub("/sse/news", made_with(t, two, "two")).leave()
    eq(server.asked, 2, "fetches after a key id that was unknown")
    for i in range(300):
        response = t.get("/sse/news", bearer(token(subscribe=["news"], head={"alg": "ES256", "kid": str(i)})))
        eq(response.status, 401, "status of an unknown key id")
    eq(server.asked, 2, "fetches after unknown key ids by the hundred")
    symmetric = token(subscribe=["news"], secret=b"y" * 32, head={"alg": "HS256", "kid": "secret"})
    refused(t.get("/sse/news", bearer(symmetric)), 401)
    t.sub("/sse/news", made_with(t, one, "one")).leave()


@case("10", "a key server that is down, slow or sends 100 MB holds up neither the start nor tokens of keys that are known",
      start=False, files=FILES, original=OURS)
def bad_key_server(t):
    one, jwk = ec_key(t, "one")
    for mode in ("down", "large", "slow"):
        server = KeyServer()
        server.mode, server.keys = mode, [jwk]
        t.write("secret", FILES["secret"])
        began = time.monotonic()
        t.start(CHANNELS + KEY + ["--jwt-jwks", server.url])
        ok(time.monotonic() - began < 15, "start")
        t.wait(lambda: server.asked, "the first fetch")
        t.sub("/sse/news", bearer(token(subscribe=["news"]))).leave()
        refused(t.get("/sse/news", made_with(t, one, "one"), timeout=20), 401)
        t.sub("/sse/news", bearer(token(subscribe=["news"]))).leave()
        t.log(r"WARN.*key set", timeout=20)
        if mode == "down":
            server.mode = "good"
            t.wait(lambda: t.request("HEAD", "/sse/news", made_with(t, one, "one")).status == 200, "the keys", 20)
        t.stop()


@case("10", "keys of a key set that cannot be used are left out, and the others count", start=False, original=OURS)
def key_set_with_others(t):
    server = KeyServer()
    one, jwk = ec_key(t, "one")
    server.keys = [None, {}, {"kty": "XX"}, {"kty": "EC", "crv": "P-256", "kid": "bad", "x": "AA", "y": "AA"},
                   {**jwk, "kid": 7}, {**jwk, "kid": "use", "use": 7}, {**jwk, "kid": "sign", "key_ops": ["sign"]}, jwk]
    t.start(CHANNELS + ["--jwt-jwks", server.url])
    t.sub("/sse/news", made_with(t, one, "one")).leave()
    refused(t.get("/sse/news", made_with(t, one, "sign")), 401)


@case("10", "a file of public keys that is overwritten with anything else does not become a secret", start=False,
      original=OURS)
def no_secret_by_accident(t):
    private, public = key_pair(t, "one", "-algorithm", "ed25519")
    page = b"<html><body>404 Not Found, as a download may leave it</body></html>"
    t.start(CHANNELS + ["--jwt-key", public])
    t.write("one.pub", page)
    t.log(r"ERROR.*jwt-key", timeout=RELOAD)
    t.sub("/sse/news", made_with(t, private, "any")).leave()
    refused(t.get("/sse/news", bearer(token(subscribe=["news"], secret=page))), 401)


@case("10", "a public key in Base64 alone is no secret", start=False, original=OURS)
def no_bare_base64(t):
    _, public = key_pair(t, "one", "-algorithm", "ed25519")
    with open(public) as pem:
        t.write("bare", "".join(line.strip() for line in pem if "-" not in line))
    server, status = t.run_to_exit(CHANNELS + ["--jwt-key", "@DIR@/bare"])
    eq(status, 1, "status")
    matches("Base64", "\n".join(server.output()), "error")
