"""Section 13: durable streams, as far as the server adds to the protocol, whose own suite tests the rest."""

import re
import time

from blackbox.stream import Stream
from blackbox.tokens import FILES, KEY, bearer, token
from blackbox.wire import Head, request_bytes
from conform import case, eq, ok

ON = ["--durable-streams", "/v1/stream"]
P = "/v1/stream/"
ZERO = "0000000000000000_0000000000000000"
TEXT = {"Content-Type": "text/plain"}
JSON = {"Content-Type": "application/json"}
LINES = {"Content-Type": "application/x-ndjson"}


def create(t, name, headers=TEXT, body=b"", status=201):
    response = t.request("PUT", P + name, headers, body)
    eq(response.status, status, f"status of the creation ({response.text})")
    return response


def append(t, name, body, headers=TEXT, status=204):
    response = t.request("POST", P + name, headers, body)
    eq(response.status, status, f"status of the append ({response.text})")
    return response


def read(t, name):
    return t.get(P + name).body


def writer(t, name, headers=TEXT):
    """A connection on which a body of undeclared length has begun."""
    connection = t.connect()
    connection.send(request_bytes("POST", P + name, {**headers, "Transfer-Encoding": "chunked"}, close=False))
    return connection


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def readable(t, name, want):
    began = time.monotonic()
    t.wait(lambda: read(t, name) == want, f"{want!r} is readable")
    return time.monotonic() - began


@case("13", "without the flag the path is like any other")
def durable_off(t):
    eq(t.request("PUT", P + "a", TEXT, b"x").status, 404, "status")


@case("13", "the dependent flags, and a path that is in use, are errors at start", start=False)
def durable_refused_options(t):
    for args in (["--durable-streams-size", "1MB"], ["--durable-streams-ttl", "1h"], ["--long-poll-timeout", "5s"],
                 ["--coalesce", "20ms"], ["--durable-streams", "/sse"], ["--durable-streams", "/"],
                 ["--durable-streams", "/healthz/"], [*ON, "--coalesce", "2s"],
                 ["--durable-streams", "/sse/x", "--channels"], ["--durable-streams", "/tinysse.js", "--serve-client"],
                 ["--anonymous", "read:**"]):
        server, status = t.run_to_exit(args)
        eq(status, 2, f"exit status with {args}")
        output = "\n".join(server.output())
        ok(re.search("needs durable-streams|must not contain the path|coalesce must be", output), output)


@case("13.1", "names are decoded once, and malformed ones are a 400", args=ON)
def durable_names(t):
    create(t, "a%20b/%C3%A4")
    eq(t.get(P + "%61%20b/%c3%a4").status, 200, "the same name in other letters")
    for name in ("", "a/", "a//b", "%2F", "a%2fb", ".", "%2e%2E", "%C3", "%zz", "%00", "a%7F", "a" * 129,
                 "/".join("a" * 17)):
        eq(t.request("PUT", P + name, TEXT, b"").status, 400, f"status of {name!r}")
    create(t, "/".join("a" * 16))
    create(t, "a" * 128)
    for name in ("__ds", "__ds/subscriptions/a", "__d%73/a"):
        eq(t.request("PUT", P + name, TEXT, b"").status, 404, f"status of {name!r}")


@case("13.1", "offsets have two groups of 16 digits, and grow as text", args=ON)
def durable_offsets(t):
    eq(create(t, "a").get("stream-next-offset"), ZERO, "the tail of an empty stream")
    found = [append(t, "a", b"x" * 9).get("stream-next-offset") for _ in range(12)]
    ok(all(re.fullmatch(r"\d{16}_\d{16}", offset) for offset in found), f"form: {found}")
    eq(sorted(found), found, "order")
    eq(len({offset[:16] for offset in found}), 1, "lineages")
    eq(t.get(P + "a?offset=" + ZERO).body, b"x" * 108, "from the beginning")
    lineage = found[0][:16]
    for offset in (lineage + "_" + "9" * 16, "9" * 16 + "_" + "9" * 16, "0" * 16 + "_" + "1".zfill(16), "0", "x", ""):
        eq(t.get(P + "a?offset=" + offset).status, 400, f"status of {offset}")


@case("13.1", "an offset of a deleted stream of the same name is a 410 that names the beginning", args=ON)
def durable_deleted_and_recreated(t):
    create(t, "a", body=b"old")
    offset = t.get(P + "a").get("stream-next-offset")
    eq(t.request("DELETE", P + "a").status, 204, "deletion")
    create(t, "a", body=b"new and longer")
    for query in ("", "&live=long-poll", "&live=sse"):
        response = t.get(P + "a?offset=" + offset + query)
        eq((response.status, response.get("stream-next-offset")), (410, ZERO), "status and next offset " + query)


@case("13.1", "an offset inside a message of JSON is a 400", args=ON)
def durable_inside_a_message(t):
    tail = create(t, "a", JSON, b'[{"a":1},[2,3]]').get("stream-next-offset")
    eq([t.get(f"{P}a?offset={tail[:17]}{p:016d}").status for p in range(1, int(tail[17:]) + 1)].count(200), 2, "valid")


@case("13.1", "a fork has the offsets of its source up to where it begins", args=ON)
def durable_fork_offsets(t):
    first = create(t, "a", body=b"one").get("stream-next-offset")
    append(t, "a", b"two")
    fork = create(t, "b", {"Stream-Forked-From": P + "a", "Stream-Fork-Offset": first})
    eq(fork.get("stream-next-offset"), first, "tail of the fork")
    own = append(t, "b", b"2").get("stream-next-offset")
    ok(own > first and own[:16] != first[:16], f"own offset: {own} {first}")
    eq((read(t, "b"), t.get(P + "b?offset=" + first).body), (b"one2", b"2"), "bytes")


@case("13.1", "preflights and responses name the methods and headers of the protocol", args=ON)
def durable_browsers(t):
    origin = {"Origin": "http://a.example"}
    response = t.request("OPTIONS", P + "a", {**origin, "Access-Control-Request-Method": "PUT",
                                              "Access-Control-Request-Headers": "if-none-match"})
    eq(sorted(response.items("access-control-allow-methods")), ["delete", "get", "head", "post", "put"], "methods")
    allowed = response.items("access-control-allow-headers")
    for name in ("if-none-match", "stream-closed", "stream-seq", "producer-id", "stream-ttl", "authorization"):
        ok(name in allowed, f"{name} in {allowed}")
    exposed = create(t, "a", {**TEXT, **origin}).items("access-control-expose-headers")
    for name in ("stream-next-offset", "location", "etag", "stream-closed", "stream-cursor"):
        ok(name in exposed, f"{name} in {exposed}")
    eq(sorted(t.request("OPTIONS", "/sse", {**origin, "Access-Control-Request-Method": "POST"})
              .items("access-control-allow-methods")), ["get", "head", "post"], "methods of other paths")


@case("13.1", "methods of --cors-allow-methods also hold for durable streams", args=[*ON, "--cors-allow-methods", "GET"])
def durable_configured_methods(t):
    response = t.request("OPTIONS", P + "a", {"Origin": "http://a.example", "Access-Control-Request-Method": "PUT"})
    eq(response.items("access-control-allow-methods"), ["get"], "methods")


@case("13.1", "Location is absolute, with the scheme that a trusted proxy reports",
      args=[*ON, "--trusted-proxies", "127.0.0.0/8"])
def durable_location(t):
    eq(create(t, "a%20b", {**TEXT, "Host": "h.example"}).get("location"), "http://h.example/v1/stream/a%20b", "plain")
    eq(create(t, "c", {**TEXT, "Host": "h.example", "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"})
       .get("location"), "https://h.example/v1/stream/c", "behind a proxy")


@case("13.1", "beyond --durable-streams-size there is a 507, and nothing is dropped",
      args=[*ON, "--durable-streams-size", "100KB"])
def durable_full(t):
    create(t, "a", body=b"x" * 60000)
    append(t, "a", b"y" * 60000, status=507)
    create(t, "b", body=b"y" * 60000, status=507)
    eq(len(read(t, "a")), 60000, "bytes")
    t.request("DELETE", P + "a")
    create(t, "b", body=b"y" * 60000)


@case("13.1", "--durable-streams-ttl is the TTL of streams without one; a stream expires unless it is used",
      args=[*ON, "--durable-streams-ttl", "1s"])
def durable_default_ttl(t):
    create(t, "a")
    create(t, "b", {**TEXT, "Stream-TTL": "3600"})
    eq([t.request("HEAD", P + n).get("stream-ttl") for n in "ab"], ["1", "3600"], "TTL")
    t.wait(lambda: t.request("HEAD", P + "a").status == 404, "the stream expires")


@case("13.1", "the lines of events are id, event and data, with a space after data: only where a line begins with one",
      args=ON)
def durable_event_lines(t):
    create(t, "a", body=b"one\n two")
    stream = t.open_stream(P + "a?offset=-1&live=sse")
    offset = t.get(P + "a").get("stream-next-offset")
    stream.expect(f"id: {offset}\nevent: data\ndata:one\ndata:  two")
    control = stream.block()
    ok(re.fullmatch(r'id: %s\nevent: control\ndata:\{"streamNextOffset":"%s","streamCursor":"\d+","upToDate":true\}'
                    % (offset, offset), control), control)
    t.request("POST", P + "a", {"Stream-Closed": "true"})
    stream.expect(f'id: {offset}\nevent: control\ndata:{{"streamNextOffset":"{offset}","upToDate":true,'
                  '"streamClosed":true}')
    eq(stream.to_end(), "", "the rest")


@case("13.1", "event streams end after --timeout, and idle ones get the keep-alive comment",
      args=[*ON, "--timeout", "1s", "--keep-alive", "300ms"])
def durable_lifetime(t):
    create(t, "a")
    stream = t.open_stream(P + "a?offset=-1&live=sse")
    ok(stream.block().startswith(f"id: {ZERO}\nevent: control\n"), "the first event")
    stream.expect(": keep-alive")
    ok(re.search(r"retry: \d+\n\n$", stream.to_end()), "the end")


@case("13.1", "on a drain an event stream ends with a control event, and a streaming writer receives a 503", args=ON)
def durable_drain(t):
    create(t, "a", body=b"x")
    stream = t.open_stream(P + "a?offset=now&live=sse")
    stream.block()
    connection = writer(t, "a")
    connection.send(chunk(b"y"))
    stream.blocks(2)
    t.may_exit = True
    t.server.process.terminate()
    offset = stream.block()
    ok(re.match(r'id: \d{16}_0{15}2\nevent: control\ndata:\{"streamNextOffset":"\d{16}_0{15}2"', offset), offset)
    eq(connection.response(t.patience).status, 503, "status for the writer")


@case("13.2", "a body of undeclared length is readable while it arrives, also within a chunk", args=ON)
def durable_streaming_append(t):
    create(t, "a")
    connection = writer(t, "a")
    connection.send(b"fffff\r\nhello")
    ok(readable(t, "a", b"hello") < 1, "it is readable soon")
    connection.send(b"\xc3")
    connection.send(b"\xa4!")
    readable(t, "a", "helloä!".encode())
    connection.close("rst")
    time.sleep(0.1)
    eq(read(t, "a"), "helloä!".encode(), "what a broken connection leaves")
    eq(t.request("HEAD", P + "a").get("stream-closed"), None, "Stream-Closed")


@case("13.2", "no character of text is split between two appends", args=ON)
def durable_whole_characters(t):
    create(t, "a")
    connection = writer(t, "a")
    connection.send(chunk("aä".encode()[:2]))
    readable(t, "a", b"a")
    time.sleep(0.1)
    eq(read(t, "a"), b"a", "before the rest of the character")
    connection.send(chunk("ä".encode()[1:]) + b"0\r\n\r\n")
    eq(connection.response(t.patience).status, 204, "status")
    eq(read(t, "a"), "aä".encode(), "all")


@case("13.2", "--max-body-size does not limit a streaming append, and limits one that must be complete",
      args=[*ON, "--max-body-size", "1KB"])
def durable_large_bodies(t):
    create(t, "a")
    connection = writer(t, "a")
    connection.send(chunk(b"x" * 100000) + b"0\r\n\r\n")
    eq(connection.response(t.patience).status, 204, "status")
    eq(len(read(t, "a")), 100000, "bytes")
    append(t, "a", b"x" * 2000, status=413)
    create(t, "j", JSON)
    connection = writer(t, "j", JSON)
    connection.send(chunk(b'"' + b"x" * 2000 + b'"') + b"0\r\n\r\n")
    eq(connection.response(t.patience).status, 413, "status of JSON")


@case("13.2", "of lines of JSON each is a message when it is complete; an invalid one is a 400 with its number", args=ON)
def durable_json_lines(t):
    create(t, "a", JSON)
    connection = writer(t, "a", LINES)
    connection.send(chunk(b'{"a":1}\n[2,'))
    readable(t, "a", b'[{"a":1}]')
    connection.send(chunk(b'3]\n\n4\nnonsense\n5\n'))
    response = connection.response(t.patience)
    eq(response.status, 400, "status")
    ok("line=5" in response.text, response.text)
    eq(read(t, "a"), b'[{"a":1},[2,3],4]', "messages")
    connection = writer(t, "a", {**LINES, "Stream-Closed": "true"})
    connection.send(chunk(b"6") + b"0\r\n\r\n")
    response = connection.response(t.patience)
    eq((response.status, response.get("stream-closed")), (204, "true"), "the last line without a line break")
    eq(read(t, "a"), b'[{"a":1},[2,3],4,6]', "messages")


@case("13.2", "a streaming append to a closed or missing stream, or another type, is refused before its body", args=ON)
def durable_refused_before_the_body(t):
    create(t, "a")
    create(t, "c", {**TEXT, "Stream-Closed": "true"})
    for name, headers, status in (("none", TEXT, 404), ("c", TEXT, 409), ("a", {"Content-Type": "text/html"}, 409)):
        response = writer(t, name, headers).response(t.patience)
        eq((response.status, response.get("connection").lower()), (status, "close"), name)


@case("13.2", "a stop button: when another client closes or deletes the stream, the writer hears of it at once", args=ON)
def durable_stop_button(t):
    for name, status in (("closed", 409), ("deleted", 404)):
        create(t, name)
        connection = writer(t, name)
        connection.send(chunk(b"x"))
        readable(t, name, b"x")
        began = time.monotonic()
        if name == "closed":
            eq(t.request("POST", P + name, {"Stream-Closed": "true"}, b"").status, 204, "the stop button")
        else:
            eq(t.request("DELETE", P + name).status, 204, "the deletion")
        response = connection.response(t.patience)
        ok(time.monotonic() - began < 1, "at once")
        eq((response.status, response.get("connection").lower()), (status, "close"), name)


@case("13.2", "--body-timeout applies between two parts of a streaming append", args=[*ON, "--body-timeout", "1s"])
def durable_body_timeout(t):
    create(t, "a")
    connection = writer(t, "a")
    for _ in range(4):
        connection.send(chunk(b"x"))
        time.sleep(0.5)
    eq(connection.response(t.patience).status, 408, "status")
    eq(read(t, "a"), b"xxxx", "bytes")


@case("13.3", "each message has its own id, from which Last-Event-ID resumes, whatever the offset says", args=ON)
def durable_resume(t):
    create(t, "a", JSON, b"[1,2,3]")
    stream = t.open_stream(P + "a?offset=-1&live=sse&events=plain")
    ids = [re.fullmatch(r"id: (\S+)\ndata:(\d)", block.lstrip("\n")).groups() for block in stream.blocks(3)]
    eq([data for _, data in ids], ["1", "2", "3"], "messages")
    resumed = t.open_stream(P + "a?offset=-1&live=sse&events=plain", {"Last-Event-ID": ids[1][0]})
    resumed.expect(f"id: {ids[2][0]}\ndata:3")
    eq(t.get(P + "a?offset=-1&live=sse", {"Last-Event-ID": "x"}).status, 400, "a malformed id")


@case("13.3", "a client that resumes at the end of a closed stream receives a 204", args=ON)
def durable_end_of_reconnects(t):
    tail = create(t, "a", {**TEXT, "Stream-Closed": "true"}, b"x").get("stream-next-offset")
    eq(t.get(P + "a?offset=-1&live=sse", {"Last-Event-ID": tail}).status, 204, "status")
    eq(t.get(P + "a?offset=" + tail + "&live=sse").status, 200, "status without an id")


@case("13.3", "plain event streams have no names and no control events, and end with the stream", args=ON)
def durable_plain_events(t):
    create(t, "a", body=b"one")
    stream = t.open_stream(P + "a?offset=-1&live=sse&events=plain")
    append(t, "a", b"two")
    t.request("POST", P + "a", {**TEXT, "Stream-Closed": "true"}, b"three")
    eq([re.sub(r"id: \d{16}_\d{16}\n", "", block.lstrip("\n")) for block in stream.blocks(3)],
       ["data:one", "data:two", "data:three"], "events")
    eq(stream.to_end(), "", "the rest")
    eq(t.get(P + "a?offset=-1&events=plain").status, 400, "without live=sse")


@case("13.3", "Stream-Event-Header sets headers of event streams", args=ON)
def durable_event_headers(t):
    create(t, "a", [("Content-Type", "application/json"), ("Stream-Event-Header", "x-vercel-ai-ui-message-stream=v1"),
                    ("Stream-Event-Header", "X-Two=a, b=c")])
    head = t.open_stream(P + "a?offset=-1&live=sse").head
    eq((head.get("x-vercel-ai-ui-message-stream"), head.get("x-two")), ("v1", "a, b=c"), "headers")
    eq(t.get(P + "a").get("x-two"), None, "header of another response")
    for value in ("x", "=v", "a b=c", "Content-Length=5", "Set-Cookie=a", "X-A="):
        eq(t.request("PUT", P + "b", [("Stream-Event-Header", value)], b"").status, 400, value)
    eq(t.request("PUT", P + "b", [("Stream-Event-Header", f"x-{i}=1") for i in range(9)], b"").status, 400, "nine")


@case("13.3", "with --coalesce appends are sent together, but a single one is not delayed", args=[*ON, "--coalesce", "1s"])
def durable_coalesce(t):
    create(t, "a")
    stream = t.open_stream(P + "a?offset=-1&live=sse&events=plain")
    began = time.monotonic()
    append(t, "a", b"0")
    ok(stream.block().endswith("data:0"), "the first one")
    ok(time.monotonic() - began < 0.7, "at once")
    for i in range(1, 4):
        append(t, "a", b"%d" % i)
    eq([block[-1] for block in stream.blocks(3)], ["1", "2", "3"], "the others")
    ok(time.monotonic() - began > 0.9, "together")


@case("13.3", "catch-up pages are private where keys are configured, unless everyone may read",
      args=[*ON, *KEY, "--anonymous", "read:open/*"], files=FILES)
def durable_caching(t):
    rights = bearer(token(tinysse={"read": ["**"], "write": ["**"]}))
    for name, want in (("open/a", "public"), ("other", "private")):
        create(t, name, {**TEXT, **rights}, b"x")
        ok(t.get(P + name, rights).get("cache-control").startswith(want + ", max-age=60"), name)
    eq(t.get(P + "open/a").status, 200, "everyone")


@case("13.4", "permissions: write does everything but read, close does nothing but close, and responses reveal no streams",
      args=[*ON, *KEY], files=FILES)
def durable_permissions(t):
    def rights(**lists):
        return bearer(token(tinysse=lists))
    owner = rights(write=["chats/7/**"], read=["chats/7/*"])
    create(t, "chats/7/a", {**TEXT, **owner}, b"x")
    for name in ("chats/7/a", "chats/7/none"):
        for method, body in (("PUT", b""), ("POST", b"x"), ("DELETE", None), ("GET", None), ("HEAD", None)):
            eq(t.request(method, P + name, TEXT, body).status, 401, f"{method} {name} without a token")
            eq(t.request(method, P + name, {**TEXT, **rights(read=["chats/8/*"], write=["chats/*"])}, body).status, 403,
               f"{method} {name} with another permission")
    eq(t.get(P + "chats/7/a", owner).status, 200, "read")
    eq(t.get(P + "chats/7/a/b", owner).status, 403, "read deeper")
    reader, closer = rights(read=["**"]), rights(close=["chats/7/a"])
    eq(t.request("POST", P + "chats/7/a", {**TEXT, **reader}, b"x").status, 403, "append by a reader")
    eq(t.request("POST", P + "chats/7/a", {**TEXT, **closer}, b"x").status, 403, "append with close only")
    eq(t.request("POST", P + "chats/7/a", {**TEXT, **closer, "Stream-Closed": "true"}, b"x").status, 403, "append and close")
    fork = {"Stream-Forked-From": P + "chats/7/a"}
    eq(t.request("PUT", P + "f", {**fork, **rights(write=["f"])}, b"").status, 403, "fork without read of the source")
    eq(t.request("PUT", P + "f", {**fork, **rights(write=["f"], read=["chats/**"])}, b"").status, 201, "fork")
    eq(t.request("POST", P + "chats/7/a", {**closer, "Stream-Closed": "true"}, b"").status, 204, "close")
    eq(t.request("DELETE", P + "chats/7/a", closer).status, 403, "delete with close only")
