"""Section 11: the admin listener and its table."""

import http.client
import json
import re
import signal
import socket

from blackbox.certificates import certificate, trusting
from blackbox.channels import OURS, data, refused
from blackbox.checks import Skip
from blackbox.fixtures import stalled
from blackbox.operators import ADMIN, TOKEN, TOKEN_FILE, WITH_TOKEN, admin_port, ask, bearer
from blackbox.server import free_port
from blackbox.stream import Stream
from blackbox.wire import Connection, Head, request_bytes
from conform import case, eq, matches, ok

CHANNELS = [*ADMIN, "--channels"]
KEEPING = [*CHANNELS, "--history", "100"]
ON_DISK = [*KEEPING, "--data-dir", "@DIR@/data"]


def listed(t, query="", headers=()):
    response = ask(t, "GET", "/streams" + query, headers)
    eq((response.status, response.get("content-type")), (200, "application/json"), "response")
    return response.json()


@case("11", "without --admin-listen there is no admin listener, and the public one lacks its paths", original=OURS)
def off_by_default(t):
    for path in ("/metrics", "/streams", "/channels", "/readyz"):
        eq(t.get(path).status, 404, f"status of {path}")


@case("11", "beyond loopback --admin-listen without a token file is an error at start", start=False, original=OURS)
def beyond_loopback(t):
    eq(t.run_to_exit(["--admin-listen", "0.0.0.0:0"])[1], 2, "exit status")
    matches(r"admin-listen .*admin-token-file.*0\.0\.0\.0:0", "\n".join(t.server.output()), "line")


@case("11", "/healthz is alive, /readyz is ready, and not while the server drains, with the reasons", original=OURS,
      args=[*ADMIN, "--drain-timeout", "5s", "--capacity", "16"])
def ready(t):
    eq(ask(t, "GET", "/healthz").status, 200, "status of /healthz")
    eq((ask(t, "GET", "/readyz").status, ask(t, "GET", "/readyz").json()["reasons"]), (200, []), "/readyz")
    stalled(t)
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    t.wait(lambda: ask(t, "GET", "/readyz").status == 503, "/readyz is 503", timeout=3)
    eq(ask(t, "GET", "/readyz").json()["reasons"], ["stopping"], "reasons")
    eq(ask(t, "GET", "/healthz").status, 200, "status of /healthz")
    eq(t.server.wait_exit(15), 0, "exit status")


@case("11", "a Host or Origin of another name is a 403, but for /healthz and /readyz", original=OURS,
      args=[*ADMIN, "--admin-host", "ops.example", "--admin-host", "b.example"])
def rebinding(t):
    port = admin_port(t)
    for name in ("127.0.0.1", "localhost:99", "[::1]:1", "ops.example", "OPS.example:8080", "b.example"):
        eq(ask(t, "GET", "/streams", {"Host": name}).status, 200, f"status with Host: {name}")
    for name in ("127.0.0.1", "localhost", "[::1]", "ops.example", "b.example"):
        eq(ask(t, "GET", "/streams", {"Host": "localhost", "Origin": f"http://{name}:{port}"}).status, 200, f"Origin {name}")
    for name in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.1.2.3"):
        refused(ask(t, "GET", "/streams", {"Host": name}), 403, name)
        refused(ask(t, "GET", "/streams", {"Host": "localhost", "Origin": f"http://{name}:{port}"}), 403, name)
        for path in ("/healthz", "/readyz"):
            eq(ask(t, "GET", path, {"Host": name}).status, 200, f"status of {path} with Host: {name}")
    refused(ask(t, "DELETE", "/streams?sub=x", {"Host": "localhost", "Origin": "null"}), 403, "null")
    good, evil = ("Origin", f"http://localhost:{port}"), ("Origin", "http://evil.example")
    for pair in ((good, evil), (evil, good), (good, good)):
        refused(ask(t, "GET", "/streams", [("Host", "localhost"), *pair]), 403, "Origin")


@case("11", "an Origin of another port or scheme is a 403, and so is an invalid port in Host or Origin", original=OURS,
      args=[*ADMIN, "--admin-host", "ops.example"])
def other_origins(t):
    port = admin_port(t)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for origin in (f"http://127.0.0.1:{t.port}", "http://localhost:1", "http://localhost", "http://ops.example",
                   f"https://localhost:{port}", f"chrome-extension://localhost:{port}", f"http://localhost:{port}x"):
        refused(ask(t, "POST", "/publish", {**form, "Origin": origin}, b"data=x"), 403, origin)
    for host in ("localhost:x", "localhost:0", "localhost:65536", "127.0.0.1:evil.example", "[::1]:1x"):
        malformed = not host.rpartition(":")[2].isdigit()  # RFC 9112 section 3.2
        eq(ask(t, "GET", "/streams", {"Host": host}).status, 400 if malformed else 403, f"status with Host: {host}")
        refused(ask(t, "GET", "/streams", {"Host": "localhost", "Origin": f"http://{host}"}), 403, host)


@case("11", "--admin-host with a port allows the Origin of a reverse proxy with TLS, or of a tunnel, and no other", original=OURS,
      args=[*ADMIN, "--admin-host", "admin.example:443,localhost:9001"])
def origin_of_a_proxy(t):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for host, origin in (("admin.example", "https://admin.example"), ("admin.example:443", "https://admin.example:443"),
                         ("localhost:9001", "http://localhost:9001")):
        eq(ask(t, "POST", "/publish", {**form, "Host": host, "Origin": origin}, b"data=x").status, 202, f"status with {origin}")
    for origin in ("http://admin.example", "https://admin.example:8443", "http://localhost:9002", "https://evil.example"):
        refused(ask(t, "POST", "/publish", {**form, "Host": "admin.example", "Origin": origin}, b"data=x"), 403, origin)
    for value in ("admin.example:0", "admin.example:x", "https://admin.example", ":443"):
        eq(t.run_to_exit([*ADMIN, "--admin-host", value])[1], 2, f"exit status of {value}")


@case("11", "with --admin-token-file a request needs the token, and whitespace around it is ignored", args=WITH_TOKEN,
      files=TOKEN_FILE, original=OURS)
def token(t):
    for headers in ({}, bearer("wrong"), {"Authorization": "Basic eDp5"}):
        for path in ("/metrics", "/streams", "/channels", "/events", "/nothing"):
            response = ask(t, "GET", path, headers)
            eq((response.status, response.get("www-authenticate")), (401, "Bearer"), f"{path} with {headers}")
    eq(ask(t, "GET", "/streams", bearer()).status, 200, "status with the token")
    eq([ask(t, "GET", path).status for path in ("/healthz", "/readyz")], [200, 200], "health without")


@case("11", "GET /streams lists open streams with their counters, of a channel or user, in pages", args=CHANNELS, original=OURS)
def streams(t):
    one, two, _ = t.sub("/sse/news"), t.sub("/sse/news,orders.*"), t.sub("/sse/other")
    t.publish("x", path="/sse/news")
    t.publish("y", path="/sse/orders.1")
    one.block()
    two.blocks(2)
    found = listed(t)
    eq(found["next"], None, "next")
    eq([stream["channels"] for stream in found["streams"]], [["news"], ["news", "orders.*"], ["other"]], "channels")
    eq([stream["messages"] for stream in found["streams"]], [1, 2, 0], "messages")
    sizes = [stream["bytes"] for stream in found["streams"]]
    # of the same head, events as chunks: `data: x` and `data: y` take two lines and a chunk's frame
    eq((sizes[0] - sizes[2], sizes[1] - sizes[0]), (14, 14), "differences in bytes")
    for stream in found["streams"]:
        eq((stream["behind"], stream["lost"], stream["sub"]), (0, 0, None), "behind, lost and sub")
        matches(r"^127\.0\.0\.1:\d+$", stream["address"], "address")
        ok(stream["node"] and stream["opened"] > 1_600_000_000_000, f"node and opened: {stream}")
    eq(len({stream["id"] for stream in found["streams"]}), 3, "ids")
    eq(len(listed(t, "?channel=orders.7")["streams"]), 1, "those that get a channel")
    eq(len(listed(t, "?channel=news")["streams"]), 2, "those of a channel")
    eq(listed(t, "?sub=ann")["streams"], [], "those of a user")
    ids, after = [], ""
    while after is not None:
        page = listed(t, "?limit=1" + (f"&after={after}" if after else ""))
        ids += [stream["id"] for stream in page["streams"]]
        after = page["next"]
    eq(ids, [stream["id"] for stream in found["streams"]], "ids over pages")


@case("11", "sub of a stream is what the script says, and streams of a user can be listed and ended", args=CHANNELS, original=OURS,
      script="function subscribe(sub) sub.user = sub.req.headers['x-user'] return sub end")
def users(t):
    ann, bob = t.sub("/sse/news", {"X-User": "ann"}), t.sub("/sse/news", {"X-User": "bob"})
    eq([stream["sub"] for stream in listed(t, "?sub=ann")["streams"]], ["ann"], "streams of a user")
    eq(ask(t, "GET", "/channels/news").json()["present"], [{"sub": "ann", "streams": 1}, {"sub": "bob", "streams": 1}],
       "present")
    eq(ask(t, "DELETE", "/streams?sub=ann").json(), {"ended": 1}, "response")
    matches(r"^retry: \d+$", ann.block(), "last event")
    ann.to_end()
    ok(ann.clean, "the stream broke off")
    t.publish("x", path="/sse/news")
    eq(bob.block(), "data: x", "the other stream")


@case("11", "DELETE ends streams by id or condition, with retry: unless ?retry=0; 404 for an id that is not there, 400 without a condition",
      args=CHANNELS, original=OURS)
def end(t):
    one, two = t.sub("/sse/news"), t.sub("/sse/news")
    ids = [stream["id"] for stream in listed(t)["streams"]]
    eq(ask(t, "DELETE", f"/streams/{ids[0]}?retry=0").json(), {"ended": 1}, "response")
    eq(one.to_end(), "", "events at the end")
    ok(one.clean, "the stream broke off")
    eq(ask(t, "DELETE", f"/streams/{ids[0]}").status, 404, "status of an id that is gone")
    eq(ask(t, "DELETE", "/streams/nothing").status, 404, "status of no id")
    refused(ask(t, "DELETE", "/streams"), 400)
    refused(ask(t, "DELETE", "/streams?retry=0"), 400)
    refused(ask(t, "DELETE", "/streams?channel="), 400)
    eq(ask(t, "DELETE", "/streams?channel=other").json(), {"ended": 0}, "streams of another channel")
    eq(ask(t, "DELETE", "/streams?channel=news").json(), {"ended": 1}, "response")
    matches(r"^retry: \d+$", two.block(), "last event")


@case("11", "a bad parameter is a 400 that shows its value, a method that is not there a 405 with Allow; and there is no CORS",
      args=CHANNELS, original=OURS)
def bad(t):
    for path, value in (("/streams?limit=0", "limit=0"), ("/streams?limit=x", "limit=x"), ("/streams?after=z", "after=z"),
                        ("/streams?channel=a..b", "channel=a..b"), ("/streams?nothing=7", "nothing=7"),
                        ("/channels?limit=-1", "limit=-1"), ("/channels?after=%2a", "after=*"),
                        ("/channels/a..b", "channel=a..b")):
        refused(ask(t, "GET", path), 400, value)
    refused(ask(t, "DELETE", "/streams?channel=news&retry=x"), 400, "retry=x")
    for path, allow in (("/streams", "GET, HEAD, DELETE"), ("/channels", "GET, HEAD"), ("/publish", "POST"),
                        ("/metrics", "GET, HEAD"), ("/events", "GET, HEAD")):
        response = ask(t, "PUT", path, body=b"")
        eq((response.status, response.get("allow")), (405, allow), f"PUT {path}")
    response = ask(t, "GET", "/streams", {"Host": "localhost", "Origin": "http://localhost:3"})
    eq([name for name, _ in response.fields if name.startswith("access-control")], [], "CORS headers")


@case("11", "GET /channels lists channels that have a stream or history, by prefix and in pages; GET /channels/NAME shows one",
      args=KEEPING, original=OURS)
def channels(t):
    stream = t.sub("/sse/a.1,b")
    for n in (1, 2):
        t.publish("x", path="/sse/a.1", id=f"id-{n}")
    t.publish("y", path="/sse/a.2")
    stream.blocks(2)
    t.wait(lambda: ask(t, "GET", "/channels/a.1").json()["delivered"] == 2, "both are counted as delivered")
    found = ask(t, "GET", "/channels?prefix=a.").json()
    eq([channel["name"] for channel in found["channels"]], ["a.1", "a.2"], "names")
    one = found["channels"][0]
    eq({key: one[key] for key in ("streams", "messages", "published", "delivered", "oldest", "newest")},
       {"streams": 1, "messages": 2, "published": 2, "delivered": 2, "oldest": "id-1", "newest": "id-2"}, "figures")
    ok(one["bytes"] > 0, "bytes")
    eq(ask(t, "GET", "/channels/a.1").json(), {**one, "present": []}, "one channel")
    eq(ask(t, "GET", "/channels/b").json()["messages"], 0, "messages of one without history")
    page = ask(t, "GET", "/channels?limit=1").json()
    eq((len(page["channels"]), page["next"]), (1, "a.1"), "a page")
    eq([channel["name"] for channel in ask(t, "GET", "/channels?after=a.1").json()["channels"]], ["a.2", "b"], "the rest")


@case("11", "DELETE /channels/NAME/history deletes it, also across a restart: resumed streams get a gap", start=False, original=OURS)
def forget(t):
    t.start(ON_DISK)
    ids = [t.post_json({"data": str(n)}, path="/sse/news").json()["id"] for n in range(3)]
    t.publish("o", path="/sse/other")
    eq(ask(t, "DELETE", "/channels/news/history").json(), {"forgotten": 3}, "response")
    eq(ask(t, "DELETE", "/channels/news/history").json(), {"forgotten": 0}, "response to another one")
    for restart in (False, True):
        if restart:
            t.stop()
            t.start(ON_DISK)
        eq(ask(t, "GET", "/channels/news").json()["messages"], 0, f"messages, restarted: {restart}")
        back = t.sub("/sse/news", {"Last-Event-ID": ids[0]})
        ok("tinysse.gap" in back.block(), "no gap")
        back.leave()
        whole = t.sub("/sse/other?since=all")
        eq(data(whole, 1), ["o"], "another channel")
        whole.leave()


@case("11", "POST /publish publishes as the other listener does, without the publish hook", args=KEEPING, original=OURS,
      script="function publish(pub) return nil end")
def publish(t):
    stream = t.sub("/sse/news")
    eq(t.post_json({"data": "x"}, path="/sse/news").status, 403, "status of the hook")
    response = ask(t, "POST", "/publish?channel=news", {"Content-Type": "application/json"}, b'{"data":"x","event":"e"}')
    eq((response.status, response.json()["subscribers"]), (202, 1), "response")
    ok(stream.block().endswith("event: e\ndata: x"), "event")
    for body, status in ((b"{", 400), (b"{}", 400)):
        eq(ask(t, "POST", "/publish", {"Content-Type": "application/json"}, body).status, status, f"status of {body}")
    eq(ask(t, "POST", "/publish", {"Content-Type": "text/plain"}, b"x").status, 415, "status of text")


@case("11", "GET /events sends the server's metrics each second, and is not counted as a subscriber",
      args=[*ADMIN, "--max-subscribers", "1"], original=OURS)
def events(t):
    connection = Connection(admin_port(t))
    t.open.append(connection)
    connection.send(request_bytes("GET", "/events", {}, None))
    head = Head(connection.head(t.patience))
    eq(head.get("content-type"), "text/event-stream", "type")
    own = Stream(connection, head, t.patience)
    eq(own.block(), ": ok", "first block")
    eq(json.loads(own.block()[6:])["streams"], 0, "streams")
    t.sub()
    t.wait(lambda: json.loads(own.block()[6:])["streams"] == 1, "the stream in the metrics")


@case("11", "--admin-listen tls:ADDR:PORT speaks TLS, with the certificate of the server, and its cookie is for TLS alone",
      original=OURS, start=False)
def admin_tls(t):
    cert, key = certificate(t)
    t.write("token", TOKEN)
    t.start(["--tls-cert", cert, "--tls-key", key, "--listen", "unix:@DIR@/socket", "--admin-listen", "tls:127.0.0.1:0",
             "--admin-token-file", "token"], listen=False, wait=False)
    port = int(t.log(r"Admin listening on tls:127\.0\.0\.1:\d+", timeout=30)[-1].rpartition(":")[2])
    connection = http.client.HTTPSConnection("localhost", port, timeout=t.patience, context=trusting())
    t.open.append(connection)
    connection.request("POST", "/login", headers=bearer())
    response = connection.getresponse()
    eq(response.status, 204, "status")
    matches("; Secure;", response.getheader("Set-Cookie"), "cookie")
    plain = Connection(port)
    t.open.append(plain)
    plain.send(request_bytes("GET", "/healthz"))
    eq(plain.response(t.patience, "GET").status, 400, "status over plain HTTP")


@case("11", "--admin-listen tls:… without a certificate is an error at start", start=False, original=OURS)
def admin_tls_without_certificate(t):
    server, status = t.run_to_exit(["--admin-listen", "tls:127.0.0.1:0"])
    eq(status, 2, "exit status")
    matches(r"^tinysse: admin-listen needs tls-cert and tls-key .*: admin-listen=tls:127\.0\.0\.1:0 \(from --admin-listen\)$",
            "\n".join(server.output()), "error")


@case("11", "--node-name is the node of streams where there is one node alone, too", original=OURS,
      args=[*ADMIN, "--node-name", "lonely"])
def admin_node_name(t):
    t.sub()
    eq([stream["node"] for stream in json.loads(ask(t, "GET", "/streams").body)["streams"]], ["lonely"], "nodes")


@case("11", "files for operators that cannot be used are status 1 and one line that says why", start=False, original=OURS)
def admin_files(t):
    for option, file, why in (("--admin-token-file", "none", "no such file"), ("--admin-token-file", ".", "Is a directory"),
                              ("--access-log", "none/x", "no such file"), ("--access-log", ".", "Is a directory")):
        server, status = t.run_to_exit([*ADMIN, option, file])
        eq(status, 1, f"exit status of {option} {file}")
        matches(rf"^\S+ ERROR tinysse: cannot (read|write) {option} {re.escape(file)}: {why}[a-z ]*$", "\n".join(server.output()), option)


@case("11", "an invalid admin token is logged once, not each time, and without the token", original=OURS,
      args=WITH_TOKEN, files=TOKEN_FILE)
def admin_wrong_tokens(t):
    for n in range(5):
        eq(ask(t, "GET" if n % 2 else "POST", "/streams" if n % 2 else "/login", bearer(f"guess-{n}")).status, 401, "status")
    eq(ask(t, "GET", "/streams", bearer()).status, 200, "status with the right one")
    found = [line for line in t.server.output() if "invalid admin token" in line]
    eq(len(found), 1, "lines")
    matches(r" WARN tinysse: invalid admin token: client=127\.0\.0\.1 total=1$", found[0], "line")
    ok(not any("guess" in line for line in t.server.output()), "a token is in the log")


def from_address(t, address, token, forwarded=None):
    """The status of a request from an address of this machine, which may forward it for another."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return ask(t, "GET", "/streams", {**bearer(token), **headers}, source=address).status


@case("11", "an address that guesses tokens gets a 429 with Retry-After; sessions and other addresses are not affected", original=OURS,
      args=WITH_TOKEN, files=TOKEN_FILE)
def admin_guesses(t):
    cookie = ask(t, "POST", "/login", bearer(), source="127.0.0.3").get("set-cookie").partition(";")[0]
    guess = lambda n: ask(t, "POST" if n % 2 else "GET", "/login" if n % 2 else "/streams", bearer(f"guess-{n}"))
    statuses = []
    t.wait(lambda: statuses.append(guess(len(statuses)).status) or statuses[-1] == 429, "a guess is throttled")
    eq(set(statuses[:-1]), {401}, "statuses before")
    ok(10 <= len(statuses) <= 40, f"guesses before the first 429: {len(statuses)}")
    for response in (guess(0), guess(1), ask(t, "GET", "/streams", bearer())):
        refused(response, 429, "try again in ")
        ok(1 <= int(response.get("retry-after")) <= 10, f"Retry-After: {response.get('retry-after')}")
    eq(ask(t, "GET", "/streams").status, 401, "status without a token")
    eq(ask(t, "GET", "/streams", {"Cookie": cookie}).status, 200, "status of a session")
    eq(from_address(t, "127.0.0.2", TOKEN), 200, "status of another address")
    lines = [line for line in t.server.output() if "admin tokens are throttled" in line]
    eq(len(lines), 1, "lines")
    matches(r" WARN tinysse: admin tokens are throttled: client=127\.0\.0\.1 retry-after=\d+s; .*--trusted-proxies$", lines[0], "line")
    t.wait(lambda: ask(t, "GET", "/streams", bearer()).status == 200, "the right token counts again", 30)


@case("11", "guesses lock out no address that has sent the right token before, not even if they come from it", original=OURS,
      args=WITH_TOKEN, files=TOKEN_FILE)
def admin_guesses_beside_an_operator(t):
    eq(ask(t, "GET", "/streams", bearer()).status, 200, "status before")
    statuses = [ask(t, "GET", "/streams", bearer("guess")).status for _ in range(30)]
    eq((statuses[0], statuses[-1]), (401, 429), "statuses of guesses")
    eq([ask(t, method, path, bearer()).status for method, path in (("GET", "/metrics"), ("POST", "/login"), ("GET", "/streams"))],
       [200, 204, 200], "statuses of the right token")
    eq(ask(t, "GET", "/streams", bearer("guess")).status, 401, "status of a wrong token after a right one")


@case("11", "guesses from many addresses are throttled together, and free no throttled one", original=OURS,
      args=WITH_TOKEN, files=TOKEN_FILE)
def admin_guesses_from_everywhere(t):
    eq(from_address(t, "127.0.0.2", TOKEN), 200, "status of the operator before")
    statuses = [from_address(t, f"127.0.1.{i}", "guess") for i in range(1, 201)]
    ok(100 <= statuses.count(401) <= 180, f"guesses that were compared: {statuses.count(401)}")
    eq(set(statuses), {401, 429}, "statuses")
    eq(from_address(t, "127.0.0.2", TOKEN), 200, "status of the operator")


@case("11", "the admin listener tells clients of a trusted proxy apart", original=OURS,
      args=[*WITH_TOKEN, "--trusted-proxies", "127.0.0.2"], files=TOKEN_FILE)
def admin_guesses_behind_a_proxy(t):
    statuses = [from_address(t, "127.0.0.2", "guess", "192.0.2.1") for _ in range(30)]
    eq((statuses[0], statuses[-1]), (401, 429), "statuses of guesses")
    eq(from_address(t, "127.0.0.2", TOKEN, "192.0.2.2"), 200, "status of another client")
    eq(from_address(t, "127.0.0.2", TOKEN, "192.0.2.1"), 429, "status of the client that guesses")
    statuses = [from_address(t, "127.0.0.3", "guess", f"192.0.3.{i}") for i in range(30)]
    eq(statuses[-1], 429, "status of a client that is no trusted proxy")


@case("11", "a token shorter than 16 characters is an error at start that says so", start=False, original=OURS)
def admin_short_token(t):
    t.write("token", " 15-characters-x \n")
    server, status = t.run_to_exit([*ADMIN, "--admin-token-file", "token"])
    eq(status, 1, "exit status")
    matches(r"^\S+ ERROR tinysse: --admin-token-file token must hold a token of at least 16 characters .*: length=15$",
            "\n".join(server.output()), "line")
    t.start([*ADMIN, "--admin-token-file", t.write("token", "16-characters-xx\n")])
    eq(ask(t, "GET", "/streams", bearer("16-characters-xx")).status, 200, "status with 16 characters")


@case("11", "the session cookies of two listeners on one host do not replace each other", start=False, original=OURS)
def admin_two_sessions(t):
    one, two = free_port(), free_port()
    for port in (one, two):
        t.start(["--admin-listen", f"127.0.0.1:{port}", "--admin-token-file", t.write("token", TOKEN)])
    jar = {}

    def exchange(port, method, path, headers=()):
        connection = Connection(port)
        t.open.append(connection)
        connection.send(request_bytes(method, path, {"Host": f"localhost:{port}", **dict(headers),
                                                     "Cookie": "; ".join(f"{k}={v}" for k, v in jar.items())}))
        response = connection.response(t.patience, method)
        if cookie := response.get("set-cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            ok(str(port) in name, f"no port in the name of the cookie: {name}")
            jar[name] = value
        return response.status
    for port in (one, two):
        eq(exchange(port, "POST", "/login", bearer()), 204, "status of a login")
    eq([exchange(port, "GET", "/streams") for port in (one, two)], [200, 200], "statuses with the cookies of both")
    eq(exchange(two, "POST", "/logout"), 204, "status of the logout")
    eq([exchange(port, "GET", "/streams") for port in (one, two)], [200, 401], "statuses after the logout at one")
    connection = Connection(one)
    t.open.append(connection)
    (name, value), *_ = jar.items()
    connection.send(request_bytes("GET", "/streams", {"Host": f"localhost:{one}", "Cookie": f"{name}=old; {name}={value}"}))
    eq(connection.response(t.patience).status, 200, "status with an old cookie of the same name before it")


@case("11", "the cookie of a login over a reverse proxy with TLS is for TLS alone", original=OURS,
      args=[*WITH_TOKEN, "--admin-host", "admin.example:443"], files=TOKEN_FILE)
def admin_cookie_behind_tls(t):
    response = ask(t, "POST", "/login", {**bearer(), "Host": "admin.example", "Origin": "https://admin.example"})
    eq(response.status, 204, "status")
    matches("; Secure;", response.get("set-cookie"), "cookie")


@case("11", "without --admin-listen, keys and --access-log nothing of them is loaded", original=OURS,
      env={"JAVA_OPTS": "-Xlog:class+load:file=@DIR@/classes"})
def admin_not_loaded(t):
    t.sub()
    t.publish("x")
    with open(t.path("classes"), encoding="utf-8") as file:
        loaded = re.findall(r"\b(?:dev\.tinysse|com\.nimbusds|org\.bouncycastle|io\.prometheus|io\.opentelemetry)\.[\w.$]+", file.read())
    if not any(name.startswith("dev.tinysse.server.http.") for name in loaded):
        raise Skip("this server does not take JAVA_OPTS")
    parts = re.compile(r"dev\.tinysse\.(access|admin|server\.(accesslog|admin|pem)|metrics|tracing|client)\.|com\.|org\.|io\.")
    eq(sorted(filter(parts.match, loaded)), [], "classes")
