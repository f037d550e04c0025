"""Section 10: tokens, where they come from, and which are valid."""

import base64
import json
import time

from blackbox.channels import CHANNELS, OURS, refused
from blackbox.fixtures import FORM
from blackbox.tokens import FILES, KEY, SECRET, base64url, bearer, command, key_pair, token
from conform import case, eq, matches, ok

TOKENS = CHANNELS + KEY
RSA = ("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
CURVES = [("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + curve) for curve in ("P-256", "P-384", "P-521")]
ED25519 = ("-algorithm", "ed25519")


def invalid(response, *words):
    """The response to a token that is not valid: the same text twice, and the check that it has failed."""
    text = refused(response, 401, *words)
    eq(response.get("www-authenticate"), f'Bearer error="invalid_token", error_description="{text}"', "challenge")
    return text


def allowed(t, text, channel="news"):
    t.sub("/sse/" + channel, bearer(text)).leave()


@case("10", "without the flags everyone may publish and subscribe, and a token means nothing", original=OURS)
def off_no_tokens(t):
    stream = t.sub(headers=bearer("x"))
    eq(t.post("data=x", FORM, headers=bearer("y")).status, 202, "status")
    stream.expect("data: x")
    ok("www-authenticate" not in dict(t.get("/nope").fields), "challenge without the flags")


@case("10", "the claim tinysse grants exactly its permissions", args=TOKENS, files=FILES, original=OURS)
def rights(t):
    mine = token(publish=["orders.*"], subscribe=["user.42.**", "news"])
    for channel in ("news", "user.42.a", "user.42.a.b", "user.42.*", "user.42.**", "user.42.*.x", "news,user.42.x"):
        allowed(t, mine, channel)
    for channel in ("user.42", "user.421", "user.421.a", "user.*", "user.*.a", "user.**", "**", "*", "orders.a", "default",
                    "news,orders.a", "user.42.a,user.41.a", ""):
        response = t.get("/sse/" + channel if channel else "/sse", bearer(mine))
        refused(response, 403)
        eq(response.get("www-authenticate"), 'Bearer error="insufficient_scope"', "challenge")
    eq(t.post("data=x", FORM, path="/sse/orders.a", headers=bearer(mine)).status, 202, "publish")
    for channel in ("orders", "orders.a.b", "news", "default"):
        refused(t.post("data=x", FORM, path="/sse/" + channel, headers=bearer(mine)), 403, channel)


@case("10", "several patterns together may allow what no one of them does", args=TOKENS, files=FILES, original=OURS)
def united(t):
    both = token(subscribe=["a.*", "a.*.**"])
    allowed(t, both, "a.**")
    refused(t.get("/sse/a.**", bearer(token(subscribe=["a.*.**"]))), 403)
    refused(t.get("/sse/**", bearer(token(subscribe=["*"]))), 403)
    allowed(t, token(subscribe=["**"]), "**")


@case("10", "without --channels the rights are those to the channel default", args=KEY, files=FILES, original=OURS)
def rights_to_default_channel(t):
    for pattern in ("default", "*", "**"):
        stream = t.sub(headers=bearer(token(subscribe=[pattern])))
        eq(t.post("data=x", FORM, headers=bearer(token(publish=[pattern]))).status, 202, "status")
        stream.expect("data: x")
        stream.leave()
    refused(t.get("/sse", bearer(token(subscribe=["news"]))), 403)
    refused(t.post("data=x", FORM, headers=bearer(token(publish=["news"]))), 403)


@case("10", "without a token where one is needed it is a 401 with a bare challenge", args=TOKENS, files=FILES, original=OURS)
def no_token(t):
    for response in (t.get("/sse"), t.get("/sse/news"), t.post("data=x", FORM), t.post("data=x", FORM, path="/sse/news"),
                     t.get("/sse", {"Authorization": "Basic YTpi"})):
        refused(response, 401)
        eq(response.get("www-authenticate"), "Bearer", "challenge")
    head = t.request("HEAD", "/sse/news")
    eq((head.status, head.get("www-authenticate")), (401, "Bearer"), "HEAD")
    eq(t.get("/healthz").status, 200, "health")
    eq(t.request("OPTIONS", "/sse").status, 200, "OPTIONS")


@case("10", "a token that is not valid is a 401 that says which check has failed, and never counts as none",
      args=TOKENS + ["--anonymous", "publish:**,subscribe:**", "--jwt-audience", "here", "--jwt-issuer", "me"], files=FILES,
      original=OURS)
def invalid_tokens(t):
    good = dict(subscribe=["news"], aud="here", iss="me")
    allowed(t, token(**good))
    allowed(t, token(**{**good, "aud": ["there", "here"]}))
    header, payload, signature = token(**good).split(".")
    other = base64url(json.dumps({"exp": time.time() + 60, "aud": "here", "iss": "me"}).encode())
    for text, word in [(token(secret=b"x" * 32, **good), "signature"), (f"{header}.{other}.{signature}", "signature"),
                       (token(life=-60, **good), "expired"), (token(without=["exp"], **good), "exp"),
                       (token(nbf=time.time() + 60, **good), "not valid yet"),
                       (token(head={"alg": "HS512"}, **good), "algorithm"),
                       (token(head={"alg": "RS256"}, **good), "algorithm"),
                       (token(**{**good, "aud": "there"}), "audience"), (token(without=["aud"], **good), "audience"),
                       (token(**{**good, "iss": "you"}), "issuer"), (token(without=["iss"], **good), "issuer"),
                       (token(exp="soon", **good), "malformed"), (token(tinysse=["news"], **good), "rights"),
                       (token(**{**good, "subscribe": ["a b"]}), "rights"),
                       ("x", "malformed"), ("a.b.c", "malformed"), ("", "malformed"), ("a b", "malformed"),
                       (token(**good) + ".x", "malformed"), (f"{header}.{payload}.", "signature")]:
        for response in (t.get("/sse/news", bearer(text)), t.post("data=x", FORM, path="/sse/news", headers=bearer(text))):
            invalid(response, word)
        eq(t.request("HEAD", "/sse/news", bearer(text)).status, 401, "HEAD")


@case("10", "alg none, crit, jku, x5u and jwk in the head of a token gain nothing", args=TOKENS, files=FILES, original=OURS)
def heads(t):
    good = token(subscribe=["news"])
    payload = good.split(".")[1]
    for alg in ("none", "None", "nOnE", ""):
        for signature in ("", "e30"):
            head = base64url(json.dumps({"alg": alg}).encode())
            invalid(t.get("/sse/news", bearer(f"{head}.{payload}.{signature}")))
    invalid(t.get("/sse/news", bearer(token(subscribe=["news"], head={"alg": "HS256", "crit": ["exp"], "exp": 1}))))
    invalid(t.get("/sse/news", bearer(token(subscribe=["news"], head={"alg": "HS256", "crit": ["x"], "x": 1}))))
    own = {"kty": "oct", "k": base64url(b"y" * 32)}
    for extra in ({"jku": "http://127.0.0.1:1/"}, {"x5u": "http://127.0.0.1:1/"}, {"jwk": own}, {"kid": "../../etc/passwd"}):
        head = {"alg": "HS256", **extra}
        invalid(t.get("/sse/news", bearer(token(subscribe=["news"], secret=b"y" * 32, head=head))))


@case("10", "the public key is never taken for a secret of HMAC", start=False, original=OURS)
def confusion(t):
    _, public = key_pair(t, "rsa", *RSA)
    t.start(CHANNELS + ["--jwt-key", public])
    pem = open(public, "rb").read()
    der = base64.b64decode(b"".join(pem.split(b"\n")[1:-2]))
    for secret in (pem, pem.strip(), der):
        invalid(t.get("/sse/news", bearer(token(subscribe=["news"], secret=secret))), "algorithm")


@case("10", "tokens of RSA keys, of three curves and of Ed25519 are made by the command, checked by it, and taken by the server", start=False,
      original=OURS)
def kinds(t):
    pairs = [key_pair(t, f"key{i}", *kind) for i, kind in enumerate([RSA, *CURVES, ED25519])]
    t.start(CHANNELS + [word for _, public in pairs for word in ("--jwt-key", public)])
    for private, public in pairs:
        made, = command(t, "token", "make", "--key", private, "--publish", "orders.*", "--subscribe", "news", "--sub", "anna",
                        "--expires", "1h")
        allowed(t, made)
        invalid(t.get("/sse/news", bearer(made[:-6] + "AAAAAA")), "signature")
        explained = command(t, "token", "check", "--key", public, made)
        for line in ("sub: anna", "publish: orders.*", "subscribe: news", "valid"):
            ok(line in explained, f"{line!r} is not in {explained}")
        for _, other in pairs:
            if other != public:
                command(t, "token", "check", "--key", other, made, status=1)


@case("10", "--jwt-algorithms says which algorithms count; HMAC beside others, none and unknown ones are errors at start",
      start=False, original=OURS)
def algorithms(t):
    private, public = key_pair(t, "rsa", *RSA)
    for value in ("HS256,RS256", "none", "RS256,none", "rs256", "RS1", ""):
        server, status = t.run_to_exit(["--jwt-key", public, "--jwt-algorithms", value])
        eq(status, 2, f"status of {value!r}")
        eq(len(server.output()), 1, "lines")
        matches("jwt-algorithms", server.output()[0], "error")
    t.start(CHANNELS + ["--jwt-key", public, "--jwt-algorithms", "PS256,ES256"])
    make = ["token", "make", "--key", private, "--subscribe", "news"]
    allowed(t, command(t, *make, "--algorithm", "PS256")[0])
    invalid(t.get("/sse/news", bearer(command(t, *make)[0])), "algorithm")


@case("10", "bad flags are one line and status 2", original=OURS, start=False)
def flags(t):
    for args in (["--jwt-issuer", "x"], ["--jwt-audience", "x"], ["--jwt-algorithms", "RS256"], ["--auth-cookie", "x"],
                 ["--auth-query", "x"], ["--anonymous", "all"], ["--anonymous", "publish:a b"], ["--anonymous", ""],
                 ["--jwt-jwks", "http://example.org/keys"], ["--jwt-jwks", "ftp://127.0.0.1/"], ["--jwt-jwks", "x"],
                 ["--jwt-jwks", "https://user:password@example.org/keys"], ["--api-keys", "x", "--auth-cookie", "a b"],
                 ["--api-keys", "x", "--auth-query", "channel"], ["--jwt-key", "x", "--jwt-leeway", "soon"]):
        server, status = t.run_to_exit(args)
        eq(status, 2, f"status of {args}")
        eq(len(server.output()), 1, f"lines of {args}")
        matches(args[-2][2:], server.output()[0], "error")


@case("10", "a key file that cannot be used is one line that names it, and the server does not start", original=OURS,
      start=False)
def key_files(t):
    private, _ = key_pair(t, "rsa", *RSA)
    short, _ = key_pair(t, "short", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024")
    for name, content in {"short": b"x" * 31, "empty": b"", "set": b'{"keys":[{"kty":"RSA","n":"AQAB"', "pem":
                          b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "none": None}.items():
        path = t.write(name, content) if content is not None else t.path(name)
        server, status = t.run_to_exit(["--jwt-key", path])
        ok(status in (1, 2), f"status {status} of {name}")
        text = "\n".join(server.output())
        matches(path, text, f"error of {name}")
        ok("Exception" not in text, f"stack trace of {name}")
    for path in (private, short):
        server, status = t.run_to_exit(["--jwt-key", path])
        ok(status in (1, 2), "status of a private or short key")


@case("10", "a secret is all of its file, a line break at its end too", args=TOKENS, files=FILES, original=OURS)
def secret_with_line_break(t):
    allowed(t, token(subscribe=["news"]))
    invalid(t.get("/sse/news", bearer(token(subscribe=["news"], secret=SECRET.strip()))), "signature")


@case("10", "--jwt-claim names the claim, and --jwt-leeway the clock skew",
      args=TOKENS + ["--jwt-claim", "https://example.org/x", "--jwt-leeway", "1h"], files=FILES, original=OURS)
def claim_and_leeway(t):
    mine = {"https://example.org/x": {"subscribe": ["news"]}}
    allowed(t, token(**mine))
    refused(t.get("/sse/news", bearer(token(subscribe=["news"]))), 403)
    response = t.get("/sse/news", bearer(token(life=-3000, **mine)))
    eq(response.status, 200, "a token within the leeway")
    matches(": expired\nretry: ", response.text, "stream of a token that has expired")
    invalid(t.get("/sse/news", bearer(token(life=-3700, **mine))), "expired")


@case("10", "the token comes in the header, the cookie or the query; the same one twice is one, two different ones are a 400",
      args=TOKENS + ["--auth-cookie", "session", "--auth-query", "t"], files=FILES, original=OURS)
def places(t):
    mine, other = token(subscribe=["news"]), token(subscribe=["news"], sub="bob")
    allowed(t, mine)
    t.sub("/sse/news?t=" + mine).leave()
    t.sub("/sse/news", {"Cookie": f"a=b; session={mine}; c=d"}).leave()
    t.sub("/sse/news", {"authorization": "bearer  " + mine}).leave()
    t.sub("/sse/news?t=" + mine, {"Cookie": "session=" + mine, **bearer(mine)}).leave()
    t.sub("/sse/news?t=", {"Cookie": "session="} | bearer(mine)).leave()
    for path, headers in (("/sse/news?t=" + other, bearer(mine)), ("/sse/news", {"Cookie": "session=" + other, **bearer(mine)}),
                          ("/sse/news?t=" + other, {"Cookie": "session=" + mine}), (f"/sse/news?t={mine}&t={other}", {}),
                          ("/sse/news", [("Authorization", "Bearer " + mine), ("Authorization", "Bearer " + other)]),
                          ("/sse/news", {"Cookie": f"session={mine}; session={other}"}), ("/sse/news?t=x", bearer(mine))):
        refused(t.get(path, headers), 400)
    invalid(t.get("/sse/news?t=x"), "malformed")
    invalid(t.get("/sse/news", {"Cookie": "session=x"}), "malformed")


@case("10", "without --auth-cookie and --auth-query tokens there mean nothing", args=TOKENS, files=FILES, original=OURS)
def other_places(t):
    mine = token(subscribe=["news"])
    for path, headers in (("/sse/news?token=" + mine, {}), ("/sse/news?access_token=" + mine, {}),
                          ("/sse/news", {"Cookie": "token=" + mine}), ("/sse/news", {"X-API-Key": mine})):
        response = t.get(path, headers)
        eq((response.status, response.get("www-authenticate")), (401, "Bearer"), path[:20])


@case("10", "a cookie counts for a publish only from a page of the server itself or one that is named", files=FILES,
      args=TOKENS + ["--auth-cookie", "session", "--cors-allow-origin", "https://app.example", "--anonymous", "publish:**"],
      original=OURS)
def cookies(t):
    mine = token(publish=["news"], subscribe=["news"])
    cookie = {"Cookie": "session=" + mine}
    post = lambda **headers: t.post("data=x", FORM, path="/sse/news", headers={**cookie, **headers})
    own = f"http://127.0.0.1:{t.port}"
    host = f"127.0.0.1:{t.port}"
    eq(post(Host=host, Origin=own).status, 202, "own origin")
    eq(post(Host="chat.example", Origin="https://chat.example").status, 202, "own origin behind a proxy")
    eq(post(Origin="https://app.example").status, 202, "named origin")
    for headers in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "https://app.example.evil"},
                    {"Origin": "http://app.example"}, {"Origin": own + "1", "Host": host},
                    {"Origin": "https://chat.example.evil", "Host": "chat.example"}, {"Origin": ""}):
        invalid(post(**headers), "cookie")
    good, evil = ("Origin", own), ("Origin", "https://evil.example")
    for pair in ((good, evil), (evil, good), (good, good)):
        invalid(t.post("data=x", FORM, path="/sse/news", headers=[*cookie.items(), ("Host", host), *pair]), "cookie")
    eq(t.post("data=x", FORM, path="/sse/news", headers={**cookie, **bearer(mine)}).status, 202, "also in the header")
    t.sub("/sse/news", cookie).leave()


@case("10", "a cookie of any origin counts for nothing while the origins are *", args=TOKENS + ["--auth-cookie", "session"],
      files=FILES, original=OURS)
def cookies_of_any_origin(t):
    headers = {"Cookie": "session=" + token(publish=["news"]), "Origin": "https://app.example"}
    invalid(t.post("data=x", FORM, path="/sse/news", headers=headers), "cookie")


@case("10", "a preflight names Authorization beside the *, which browsers do not count it in", args=TOKENS, files=FILES,
      original=OURS)
def preflight(t):
    asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST"}
    response = t.request("OPTIONS", "/sse/news", asked)
    eq(response.status, 200, "status")
    eq(response.items("access-control-allow-headers"), ["*", "authorization"], "allowed headers")
    denied = t.get("/sse/news", {"Origin": "https://app.example"})
    eq((denied.status, denied.get("access-control-allow-origin")), (401, "*"), "401 to a page")
    t.stop()
    t.start(CHANNELS)
    eq(t.request("OPTIONS", "/sse/news", asked).items("access-control-allow-headers"), ["*"], "without tokens")


@case("10", "HEAD gets the response of GET, without a body", args=TOKENS, files=FILES, original=OURS)
def head(t):
    mine = bearer(token(subscribe=["news"]))
    for path, status in (("/sse/news", 200), ("/sse/orders", 403), ("/sse/a..b", 400)):
        response = t.request("HEAD", path, mine)
        eq(response.status, status, f"status of {path}")
    eq(t.request("HEAD", "/sse/news", bearer("x")).status, 401, "status of an invalid token")


@case("10", "a token of more than the head has room for is refused, and the server goes on", args=TOKENS, files=FILES,
      original=OURS)
def large(t):
    for size in (20_000, 1_000_000):
        try:
            status = t.get("/sse/news", bearer("x" * size)).status
            ok(400 <= status < 500, f"status {status}")
        except (ConnectionError, AssertionError):
            pass  # closed before all of it was sent
    allowed(t, token(subscribe=["news"]))


@case("10", "Last-Event-ID tells nothing of channels that one may not see", args=TOKENS + ["--history", "100"], files=FILES,
      original=OURS)
def last_event_id_tells_nothing(t):
    everything = bearer(token(publish=["**"], subscribe=["**"]))
    mine = token(subscribe=["news"])
    ids = [json.loads(t.post("data=" + channel, FORM, path="/sse/" + channel, headers=everything).body)["id"]
           for channel in ("news", "secret", "news")]
    secret = t.sub("/sse/news", {**bearer(mine), "Last-Event-ID": ids[1]}).drain(0.5)
    unknown = t.sub("/sse/news", {**bearer(mine), "Last-Event-ID": "nobody"}).drain(0.5)
    ok("secret" not in secret, "the other channel's message or name is seen")
    eq(t.sub("/sse/news", {**bearer(mine), "Last-Event-ID": ids[0]}).block(), f"id: {ids[2]}\ndata: news", "replay")
    refused(t.get("/sse/secret", {**bearer(mine), "Last-Event-ID": ids[0]}), 403)
    ok("nobody" not in secret and "tinysse.gap" in unknown, "gap of an unknown id")


@case("10", "one line of many to a channel that is not allowed: nothing is published", args=TOKENS, files=FILES,
      original=OURS)
def many(t):
    stream = t.sub("/sse/a.*", bearer(token(subscribe=["a.*"])))
    mine = bearer(token(publish=["a.x"]))
    lines = lambda *channels: "\n".join(json.dumps({"data": "x", "channel": channel}) for channel in channels)
    refused(t.post(lines("a.x", "a.y"), "application/x-ndjson", headers=mine), 403, "a.y")
    eq(t.post(lines("a.x", "a.x"), "application/x-ndjson", headers=mine).status, 202, "status")
    stream.expect("data: x", "data: x")
    eq(stream.drain(0.3), "", "what the refused request has published")


@case("10", "the 401 to a publish leaves the connection for the next request", args=TOKENS, files=FILES, original=OURS)
def connection_stays(t):
    from blackbox.wire import request_bytes
    connection = t.connect()
    for headers, status in (({}, 401), (bearer("x"), 401), (bearer(token(publish=["news"])), 202), (bearer(token()), 403)):
        fields = {"Content-Type": FORM, **headers}
        connection.send(request_bytes("POST", "/sse/news", fields, b"data=x", close=False))
        eq(connection.response(5).status, status, "status")


@case("10.2", "nobody reads the body of a publish without a token where one is needed",
      args=TOKENS + ["--max-body-size", "100MB"], files=FILES, original=OURS)
def unread_body(t):
    for headers in ("", "Authorization: Bearer a.b.c\r\n", "X-API-Key: a\r\n"):
        response = t.raw(b"POST /sse/news HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers.encode()
                         + b"Content-Length: 90000000\r\n\r\n{")
        eq(response.status, 401, "status")


@case("10.1", "no other text is taken for a token: not one whose last character has other bits behind its signature",
      args=TOKENS, files=FILES, original=OURS)
def last_character(t):
    text = token(subscribe=["news"])
    allowed(t, text)
    invalid(t.get("/sse/news", bearer(text[:-1] + chr(ord(text[-1]) + 1))), "signature")
    # four of its six bits are the signature's: in the alphabet the next character has the same four


@case("10.3", "a stream request with a token that has just expired gets no immediate retry", args=TOKENS, files=FILES,
      original=OURS)
def old_token(t):
    stream = t.sub("/sse/news", bearer(token(subscribe=["news"], life=-5)))
    retry = stream.to_end()
    matches(r"\A: expired\nretry: [2-6]\d{3}\n\n\Z", retry, "end")
