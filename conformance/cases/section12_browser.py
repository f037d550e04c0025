"""Section 12: tinysse.js, in a real browser."""

import gzip
import json
import os
import select
import signal
import threading
import time

from blackbox.browser import Browser
from blackbox.channels import HISTORY
from blackbox.commands import OURS, Responder, respond, stream
from blackbox.repository import ROOT, ours
from blackbox.tokens import KEY, SECRET, token
from conform import case, eq, matches, ok

CLIENT = ["--serve-client"]
SOURCE = os.path.join(ROOT, "clients", "js", "tinysse.js")


def client(browser, t, options="", page="/", server=None, path="/sse", prefix=""):
    """A page that subscribes with tinysse.js: `seen` has data, `ids` their ids, `log` the other events."""
    tab = browser.open(f"http://127.0.0.1:{t.port}{page}")
    tab.wait("location.port + document.readyState", f"{t.port}complete")
    address = json.dumps((server or f"http://127.0.0.1:{t.port}") + path)
    tab.evaluate(f"import('http://127.0.0.1:{t.port}/tinysse.js').then(module => {{"
                 f"{prefix}globalThis.seen = []; globalThis.ids = []; globalThis.log = [];"
                 f"globalThis.source = new module.TinySSE({address}, {{{options}}});"
                 "source.onmessage = e => { seen.push(e.data); ids.push(e.lastEventId) };"
                 "for (const type of ['open', 'error', 'gap', 'news'])"
                 "  source.addEventListener(type, e => log.push(type === 'news' ? e.data : type)) })")
    return tab


def cross_origin(connection, head, body):
    """Responds to a preflight, or gives the body."""
    if head.startswith("OPTIONS"):
        respond(connection, "200 OK", "", "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: "
                                          "authorization, last-event-id, x-mine\r\n")
    else:
        body()


def allowed(connection, *pieces, hold=0.0):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nAccess-Control-Allow-Origin: *\r\n\r\n")
    for piece in pieces:
        connection.sendall(piece)
        time.sleep(0.05)
    if hold:
        connection.settimeout(hold)
        try:
            connection.recv(1)
        except TimeoutError:
            pass


def gets(server):
    return [head for head in server.heads if head.startswith("GET")]


@case("12", "tinysse.js has at most 5 KB compressed and no dependencies, and its version is the server's", start=False,
      original=OURS)
def client_size(t):
    ours(t)
    with open(SOURCE, "rb") as file:
        source = file.read()
    ok(len(gzip.compress(source, 9)) <= 5000, "it has more than 5 KB")
    ok(b"import" not in source, "it imports")
    with open(os.path.join(ROOT, "clients", "js", "package.json"), encoding="utf-8") as file:
        package = json.load(file)
    eq((package.get("dependencies"), package["type"]), (None, "module"), "dependencies and type")
    with open(os.path.join(ROOT, "pom.xml"), encoding="utf-8") as file:
        ok(f"<version>{package['version']}</version>" in file.read(), "version")


@case("12", "--serve-client serves tinysse.js with an ETag, so that browsers revalidate it", args=CLIENT, original=OURS)
def client_served(t):
    response = t.get("/tinysse.js")
    with open(SOURCE, "rb") as file:
        eq((response.status, response.body), (200, file.read()), "status and body")
    matches(r"^text/javascript\b", response.get("content-type"), "type")
    eq((response.get("cache-control"), response.get("access-control-allow-origin")), ("no-cache", "*"), "headers")
    again = t.get("/tinysse.js", {"If-None-Match": response.get("etag")})
    eq((again.status, again.body), (304, b""), "status and body")
    head = t.request("HEAD", "/tinysse.js")
    eq((head.status, head.get("content-length"), head.body), (200, str(len(response.body)), b""), "HEAD")
    post = t.post("x", path="/tinysse.js")
    eq((post.status, post.get("allow") is None), (405, False), "POST")


@case("12", "without --serve-client there is no /tinysse.js", original=OURS)
def client_not_served(t):
    eq(t.get("/tinysse.js").status, 404, "status")


@case("12", "--serve-client wins over a file of its name; another path of its name is an error at start", start=False,
      files={}, original=OURS)
def client_collision(t):
    ours(t)
    t.start([*CLIENT, "--serve-static-dir", "@DIR@/www"], files={"www/tinysse.js": "a file", "www/a.txt": "a"})
    ok(t.get("/tinysse.js").text != "a file", "the file was served")
    eq(t.get("/a.txt").text, "a", "another file")
    for args in (["--pub-path", "/tinysse.js"], ["--health-path", "/tinysse.js"], ["--channels", "--sub-path", "/"]):
        server, status = t.run_to_exit([*CLIENT, *args])
        eq((status, len(server.output())), (2, 1), f"status and lines of {args}")
        matches("--serve-client", server.output()[0], "error")


@case("12", "tinysse.js gives EventSource's events, from a page of another origin too, with headers, token and channels",
      start=False, original=OURS)
def client_events(t):
    ours(t)
    whole = "\ufeff: ok\r\n\r\nid: 1\r\ndata: ü€😀\r\ndata:  two\r\n\r\n".encode()
    cuts = [whole[i:i + 7] for i in range(0, len(whole), 7)]
    rest = b"event: news\rdata: n\r\rid: 2\n\ndata: last\n\nevent: nothing\n\ndata: cut off"

    def serve(number, connection, head):
        cross_origin(connection, head, lambda: allowed(connection, *cuts, rest, hold=20))

    with Browser(t.dir, patience=60) as browser, Responder(serve) as other:
        t.start(CLIENT)
        tab = client(browser, t, "channels: ['a', 'b.*'], token: async () => 'secret', headers: {'X-Mine': 'yes'}", server=other.url)
        tab.wait("seen", ["ü€😀\n two", "last"])
        eq(tab.evaluate("ids"), ["1", "2"], "ids")
        eq(tab.evaluate("log"), ["open", "n"], "events")
        eq(tab.evaluate("[source.readyState, source.url, source instanceof EventTarget, globalThis.TinySSE === source.constructor,"
                        "TinySSE.CLOSED]"), [1, other.url + "/sse/a,b.*", True, True, 2], "properties")
        head = gets(other)[0].lower()
        for line in ("get /sse/a,b.* ", "authorization: bearer secret\r\n", "x-mine: yes\r\n", "accept: text/event-stream\r\n"):
            ok(line in head, f"not in the request: {line}")
        tab.evaluate("source.close()")
        eq(tab.evaluate("source.readyState"), 2, "state")


@case("12", "tinysse.js over twenty kills of the server, with history: each id once, in order", start=False, original=OURS)
def client_kills(t):
    ours(t)
    args = [*CLIENT, "--history", "100000", "--data-dir", "data", "--durability", "written"]
    with Browser(t.dir, patience=60) as browser:
        t.start(args, cwd=t.dir)
        t.may_exit = True
        port = t.port
        tab = client(browser, t)
        tab.wait("source.readyState", 1)
        published = []
        for kill in range(20):
            published += [t.publish(f"{kill}.{i}")["id"] for i in range(5)]
            if kill % 2:  # half of the time the browser has seen them
                tab.wait("ids.at(-1)", published[-1])
            t.server.signal(signal.SIGKILL)
            t.server.wait_exit(10)
            t.start(args, port=port, cwd=t.dir)
        published.append(t.publish("the end")["id"])
        tab.wait("seen.at(-1)", "the end")
        eq(tab.evaluate("ids"), published, "ids")


@case("12", "tinysse.js comes through 30 seconds of 502, and asks ever more rarely meanwhile", start=False, original=OURS)
def client_502(t):
    ours(t)
    begun = time.monotonic()

    def serve(number, connection, head):
        def body():
            if time.monotonic() - begun < 30 and len(gets(server)) > 1:
                respond(connection, "502 Bad Gateway", "<html>", "Access-Control-Allow-Origin: *\r\n", "text/html")
            else:
                first = len(gets(server)) == 1
                allowed(connection, b"retry: 200\nid: 7\ndata: before\n\n" if first else b"data: after\n\n", hold=0 if first else 30)
        cross_origin(connection, head, body)

    with Browser(t.dir, patience=100) as browser, Responder(serve) as server:
        t.start(CLIENT)
        begun = time.monotonic()
        tab = client(browser, t, server=server.url)
        tab.wait("seen", ["before", "after"])
        ok(time.monotonic() - begun >= 29, "it was over too soon")
        ok(4 <= len(gets(server)) <= 80, f"{len(gets(server))} requests")
        ok(all("\r\nlast-event-id: 7\r\n" in head.lower() for head in gets(server)[1:]), "an id was not sent")
        ok(tab.evaluate("log.filter(type => type === 'error').length") >= 3, "errors")


@case("12", "tinysse.js reconnects after an idle time of the option silence", start=False, original=OURS)
def client_silence(t):
    ours(t)

    def serve(number, connection, head):
        def body():
            n = len(gets(server))
            if n == 2:
                time.sleep(4)  # not even a head
            elif n < 4:
                allowed(connection, b"retry: 10\nid: 7\ndata: x\n\n" if n == 1 else b": ok\n\n", hold=30)
            else:
                allowed(connection, b"data: y\n\n", hold=30)
        cross_origin(connection, head, body)

    with Browser(t.dir, patience=60) as browser, Responder(serve) as server:
        t.start(CLIENT)
        tab = client(browser, t, "silence: 1000", server=server.url)
        tab.wait("seen", ["x", "y"])
        ok(all("\r\nlast-event-id: 7\r\n" in head.lower() for head in gets(server)[1:]), "an id was not sent")


@case("12", "after a 401 tinysse.js asks for another token; a second, a 403 and a 204 are final", start=False, original=OURS)
def client_final(t):
    ours(t)
    statuses = {}

    def serve(number, connection, head):
        path = head.split()[1].split("?")[0]

        def body():
            status = statuses[path].pop(0)
            if status == "200":
                allowed(connection, b"data: x\n\n", hold=30)
            elif status == "204":
                connection.sendall(b"HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\n\r\n")
            else:
                respond(connection, status + " No", "{}", "Access-Control-Allow-Origin: *\r\n")
        cross_origin(connection, head, body)

    with Browser(t.dir, patience=60) as browser, Responder(serve) as server:
        t.start(CLIENT)
        for name, want, closed, tokens in (("renewed", ["401", "200"], 1, 2), ("invalid", ["401", "401"], 2, 2),
                                           ("forbidden", ["403"], 2, 1), ("over", ["204"], 2, 1), ("no-such", ["404"], 2, 1)):
            statuses["/" + name] = list(want)
            tab = client(browser, t, "token: async () => 'token-' + ++asked", server=server.url, path="/" + name,
                         prefix="globalThis.asked = 0;")
            tab.wait("[source.readyState, asked]", [closed, tokens])
            eq(statuses["/" + name], [], f"requests of {name}")
        ok("bearer token-2\r\n" in [head for head in gets(server) if "/renewed" in head][1].lower(), "the second token")


@case("12", "a gap is an event of tinysse.js, with what it says as detail", args=[*CLIENT, "--history", "3"], original=OURS)
def client_gap(t):
    ids = [t.publish(str(i))["id"] for i in range(8)]
    with Browser(t.dir, patience=60) as browser:
        tab = client(browser, t, f"lastEventId: {json.dumps(ids[1])}", prefix="")
        tab.evaluate("source.ongap = e => { globalThis.gap = e.detail }")
        tab.wait("seen", ["5", "6", "7"])
        eq(tab.evaluate("log.includes('gap')"), True, "the event")


@case("12", "ten tabs over HTTP/1.1 have one stream; when its tab is closed or killed, no other misses or repeats anything",
      start=False, original=OURS)
def client_tabs(t):
    ours(t)
    with Browser(t.dir, patience=60) as browser:
        t.start([*CLIENT, "--history", "100000"])
        tabs = [client(browser, t) for _ in range(10)]
        for tab in tabs:
            tab.wait("source.readyState", 1)
        published, stop = [], threading.Event()

        def first():
            response = t.publish("first")
            published.append(response["id"])
            return response["subscribers"] == 1

        t.wait(first, "the tabs have one stream")
        for tab in tabs:
            tab.wait("ids.at(-1)", published[-1])

        def publish():
            while not stop.is_set():
                published.append(t.publish(str(len(published)))["id"])
                time.sleep(0.005)

        publisher = threading.Thread(target=publish, daemon=True)
        publisher.start()
        try:
            for round_ in range(6):  # the tabs lead in the order in which they were opened
                leader = tabs.pop(0)
                if round_ % 2:
                    browser.call("Page.close", leader.session)
                else:
                    crash(browser, leader)
                seen = len(published)
                tabs[-1].wait(f"ids.length > {seen}", True)
        finally:
            stop.set()
            publisher.join(10)
        for tab in tabs:
            tab.wait("ids.at(-1)", published[-1])
            eq(tab.evaluate("ids"), published, "ids in a tab")
        eq(t.publish("last")["subscribers"], 1, "streams")


@case("12", "when the tab that has the stream stands still, another takes over, and no tab loses or repeats an event",
      args=[*CLIENT, "--history", "1000", "--keep-alive", "500ms", "--timeout", "0s"], original=OURS)
def client_frozen(t):
    ours(t)
    with Browser(t.dir, patience=60) as browser:
        tabs = [client(browser, t, "silence: 2000") for _ in range(3)]
        for tab in tabs:
            tab.wait("source.readyState", 1)
        published = [t.publish("first")["id"]]
        for tab in tabs:
            tab.wait("ids.length", 1)
        browser.call("Page.setWebLifecycleState", tabs[0].session, state="frozen")
        published += [t.publish(str(n))["id"] for n in range(5)]
        for tab in tabs[1:]:
            tab.wait("ids.length", 6)
        browser.call("Page.setWebLifecycleState", tabs[0].session, state="active")
        tabs[0].wait("ids.length", 6)
        t.wait(lambda: t.publish("one")["subscribers"] == 1, "one stream")
        tabs[0].wait("seen.at(-1)", "one")
        published += [t.publish("last")["id"]]
        for tab in tabs:
            tab.wait("seen.at(-1)", "last")
            ids = tab.evaluate("ids")
            eq(ids[:6], published[:6], "ids in a tab")
            eq((len(set(ids)), ids[-1]), (len(ids), published[-1]), "ids in a tab, none twice")
        eq(len({tuple(tab.evaluate("ids")) for tab in tabs}), 1, "different lists of ids in tabs")


def crash(browser, tab):
    """Kills the process of a page, which does not respond to that."""
    browser.last_id += 1
    os.write(browser.requests, json.dumps({"id": browser.last_id, "method": "Page.crash", "sessionId": tab.session}).encode() + b"\0")


@case("12", "share: false, and a page whose origin has no locks, have streams of their own", args=CLIENT, original=OURS)
def client_alone(t):
    with Browser(t.dir, patience=60) as browser:
        tabs = [client(browser, t, "share: false") for _ in range(2)]
        blank = browser.open("about:blank")
        blank.evaluate(f"import('http://127.0.0.1:{t.port}/tinysse.js').then(({{TinySSE}}) => {{ globalThis.seen = [];"
                       f"globalThis.source = new TinySSE('http://127.0.0.1:{t.port}/sse'); source.onmessage = e => seen.push(e.data) }})")
        for tab in (*tabs, blank):
            tab.wait("source.readyState", 1)
        eq(t.publish("x")["subscribers"], 3, "streams")
        for tab in (*tabs, blank):
            tab.wait("seen", ["x"])


def one_stream(t, path="/sse/room"):
    t.wait(lambda: t.publish(comment=["how many?"], path=path)["subscribers"] == 1, "one stream")


@case("12", "each tab of tinysse.js has its own replay, and then shares the stream: nothing is lost, and nothing comes twice",
      args=[*CLIENT, "--channels", "--history", "100000"], original=OURS)
def client_replays(t):
    ours(t)

    def publish(text):
        return t.publish(text, path="/sse/room")["id"]

    published = [publish(str(n)) for n in range(20)]
    with Browser(t.dir, patience=60) as browser:
        first = client(browser, t, "channels: ['room']", path="/sse?since=all")
        first.wait("ids", published)
        stop = threading.Event()

        def publish_on():
            while not stop.is_set():
                published.append(publish(str(len(published))))
                time.sleep(0.002)

        publisher = threading.Thread(target=publish_on, daemon=True)
        publisher.start()
        try:
            second = client(browser, t, "channels: ['room']", path="/sse?since=all")
            resumed = client(browser, t, f"channels: ['room'], lastEventId: {json.dumps(published[4])}", path="/sse?since=all")
            for tab in (second, resumed):
                tab.wait("source.readyState", 1)
            seen = len(published)
            second.wait(f"ids.length > {seen}", True)
        finally:
            stop.set()
            publisher.join(10)
        one_stream(t)
        published.append(publish("last"))
        for tab, want in ((first, published), (second, published), (resumed, published[5:])):
            tab.wait("seen.at(-1)", "last")
            eq([id for id in tab.evaluate("ids") if id in published], want, "ids in a tab")
        newest = [client(browser, t, "channels: ['room']", path="/sse?last=2") for _ in range(8)]
        for tab in newest:
            tab.wait("source.readyState", 1)
            tab.wait("seen.at(-1)", "last")
        published.append(publish("live"))
        for tab in (first, *newest):
            tab.wait("seen.at(-1)", "live")
            ok(tab.evaluate("new Set(ids).size === ids.length"), "an id came twice")
        newest[0].close()  # the leader of the other stream
        published.append(publish("behind it"))
        newest[-1].wait("seen.at(-1)", "behind it")


@case("12", "ten tabs of tinysse.js with since=all at an empty channel over HTTP/1.1 share one stream",
      args=[*CLIENT, "--channels", "--history", "10"], original=OURS)
def client_empty_replays(t):
    ours(t)
    with Browser(t.dir, patience=60) as browser:
        tabs = [client(browser, t, "channels: ['room']", path="/sse?since=all") for _ in range(10)]
        for tab in tabs:
            tab.wait("source.readyState", 1)
        one_stream(t)
        t.publish("first", path="/sse/room")
        for tab in tabs:
            tab.wait("seen", ["first"])


@case("12", "tabs of tinysse.js share a stream with a renewed token of the same subject, and never with another user's", start=False,
      original=OURS)
def client_users(t):
    ours(t)
    t.start([*CLIENT, "--channels", *KEY], files={"secret": SECRET})
    anna = token(publish=["**"], subscribe=["private.*"], sub="anna")
    renewed = token(publish=["**"], subscribe=["private.*"], sub="anna", life=7200)
    eve, mallory = token(subscribe=["public"], sub="eve"), token(subscribe=["private.*"], sub="mallory")

    def streams():
        response = t.post_json({"comment": ["how many?"]}, path="/sse/private.a", headers={"Authorization": "Bearer " + anna})
        return json.loads(response.body)["subscribers"]

    def tab_of(value):
        return client(browser, t, f"channels: ['private.a'], token: async () => globalThis.renewed ?? {json.dumps(value)}")

    with Browser(t.dir, patience=60) as browser:
        first = tab_of(anna)
        first.wait("source.readyState", 1)
        refused = tab_of(eve)
        refused.wait("source.readyState", 2)
        second = tab_of(renewed)
        second.wait("source.readyState", 1)
        t.wait(lambda: streams() == 1, "one stream of anna")
        other = tab_of(mallory)
        other.wait("source.readyState", 1)
        t.wait(lambda: streams() == 2, "mallory's own stream")
        eq([tab.evaluate("source.readyState") for tab in (first, second)], [1, 1], "anna's tabs")
        first.close()
        t.wait(lambda: streams() == 2, "the second tab of anna leads")
        eq(refused.evaluate("[source.readyState, seen]"), [2, []], "what eve has seen")


@case("12", "a tab of tinysse.js whose token is of another user from now on leaves the others' stream", start=False, original=OURS)
def client_changes_user(t):
    ours(t)

    def serve(number, connection, head):
        def body():
            user = "anna" if "bearer anna" in head.lower() else "eve"
            allowed(connection, f"retry: 10\ndata: for {user}\n\n".encode(), hold=3 if user == "anna" else 30)
        cross_origin(connection, head, body)

    with Browser(t.dir, patience=60) as browser, Responder(serve) as server:
        t.start(CLIENT)
        tabs = [client(browser, t, "token: () => globalThis.user ?? 'anna'", server=server.url) for _ in range(2)]
        for tab in tabs:
            tab.wait("source.readyState", 1)
        tabs[0].evaluate("globalThis.user = 'eve'; 0")
        tabs[0].wait("seen.at(-1)", "for eve")
        tabs[1].wait("seen.filter(text => text === 'for anna').length > 1", True)
        eq(tabs[1].evaluate("seen.includes('for eve')"), False, "anna's tab has seen eve's messages")


def user_of(head):
    """The token of a request: tokens of these cases are names of users."""
    return next((line.split()[-1] for line in head.splitlines() if line.lower().startswith("authorization:")), "nobody")


class Users:
    """A server whose streams and messages belong to users. The log of a user is resumed from Last-Event-ID."""

    def __init__(self):
        self.logs, self.next_id, self.cuts, self.changed = {}, 0, 0, threading.Condition()
        self.open, self.refused = [], set()

    def __call__(self, number, connection, head):
        cross_origin(connection, head, lambda: self.stream(connection, head))

    def publish(self, *users):
        with self.changed:
            for user in users:
                self.next_id += 1
                self.logs.setdefault(user, []).append(self.next_id)
            self.changed.notify_all()

    def cut(self):
        """Ends all streams."""
        with self.changed:
            self.cuts += 1
            self.changed.notify_all()

    def streams(self):
        with self.changed:
            return sorted(self.open)

    def stream(self, connection, head):
        user = user_of(head)
        if user in self.refused:
            respond(connection, "403 Forbidden", "{}", "Access-Control-Allow-Origin: *\r\n")
            return
        resumed = [int(line.split()[-1]) for line in head.splitlines() if line.lower().startswith("last-event-id:")]
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nAccess-Control-Allow-Origin: *\r\n\r\nretry: 200\n\n")
        with self.changed:
            cuts, after, caught_up = self.cuts, resumed[0] if resumed else self.next_id, b": caught up\n\n"
            self.open.append(user)
        try:
            while cuts == self.cuts:
                with self.changed:
                    new = [id for id in self.logs.get(user, []) if id > after]
                    if not new and not caught_up:
                        self.changed.wait(0.1)
                        if select.select([connection], [], [], 0)[0]:
                            return  # the tab has closed it
                        continue
                connection.sendall(b"".join(b"id: %d\ndata: %s%d\n\n" % (id, user.encode(), id) for id in new) + caught_up)
                after, caught_up = (new or [after])[-1], b""
        finally:
            with self.changed:
                self.open.remove(user)


@case("12", "each tab of tinysse.js that follows asks its own token when the stream is opened again: another user gets that user's "
            "messages, from the tab's last id", start=False, original=OURS)
def client_follower_changes_user(t):
    ours(t)
    users = Users()
    with Browser(t.dir, patience=60) as browser, Responder(users) as server:
        t.start(CLIENT)
        tabs = [client(browser, t, "token: async () => globalThis.user ?? 'anna'", server=server.url) for _ in range(3)]
        for tab in tabs:
            tab.wait("source.readyState", 1)
        eq(users.streams(), ["anna"], "streams")
        users.publish("anna")  # 1
        for tab in tabs:
            tab.wait("seen", ["anna1"])
        tabs[1].evaluate("globalThis.user = 'bob'; 0")
        users.publish("bob")  # 2
        users.cut()
        t.wait(lambda: users.streams() == ["anna", "bob"], "streams of anna and bob")
        users.publish("anna", "bob", "anna", "bob")  # 3 to 6
        for tab, want in zip(tabs, (["anna1", "anna3", "anna5"], ["anna1", "bob2", "bob4", "bob6"], ["anna1", "anna3", "anna5"])):
            tab.wait("seen", want)
        tabs[0].evaluate("globalThis.user = 'bob'; 0")  # the leader
        users.cut()
        tabs[0].wait("seen.at(-1)", "bob6")
        t.wait(lambda: users.streams() == ["anna", "bob"], "streams of anna and bob")
        users.publish("anna", "bob")  # 7, 8
        for tab, want in zip(tabs, (["anna1", "anna3", "anna5", "bob6", "bob8"], ["anna1", "bob2", "bob4", "bob6", "bob8"],
                                    ["anna1", "anna3", "anna5", "anna7"])):
            tab.wait("seen", want)


@case("12", "a tab of tinysse.js whose token() hangs, throws or is refused gets no event, and ends no other tab", start=False,
      original=OURS)
def client_follower_without_token(t):
    ours(t)
    users = Users()
    users.refused = {"eve"}
    tokens = ("token: async () => { if (globalThis.user === 'throws') throw new Error('logged out');"
              "if (globalThis.user === 'hangs') await new Promise(done => { globalThis.give = done }); return globalThis.user2 ?? 'anna' }")
    with Browser(t.dir, patience=60) as browser, Responder(users) as server:
        t.start(CLIENT)
        first, throws, hangs, refused, last = tabs = [client(browser, t, tokens, server=server.url) for _ in range(5)]
        for tab in tabs:
            tab.wait("source.readyState", 1)
        throws.evaluate("globalThis.user = 'throws'; 0")
        hangs.evaluate("globalThis.user = 'hangs'; 0")
        refused.evaluate("globalThis.user2 = 'eve'; 0")
        users.cut()
        for tab in (first, last):
            tab.wait("log.filter(type => type === 'open').length", 2)
        refused.wait("source.readyState", 2)
        users.publish("anna", "anna")
        for tab in (first, last):
            tab.wait("[source.readyState, seen]", [1, ["anna1", "anna2"]])
        for tab in (throws, hangs):
            eq(tab.evaluate("[source.readyState, seen]"), [0, []], "a tab without a token")
        hangs.evaluate("globalThis.user = undefined; globalThis.give(); 0")
        throws.evaluate("globalThis.user = undefined; 0")
        for tab in (hangs, throws):
            tab.wait("source.readyState", 1)
        hangs.wait("seen", ["anna1", "anna2"])
        first.evaluate("globalThis.user = 'throws'; 0")  # the leader
        users.cut()
        last.wait("log.filter(type => type === 'open').length", 3)
        t.wait(lambda: users.streams() == ["anna"], "one stream of anna")
        users.publish("anna")
        for tab in (last, hangs, throws):
            tab.wait("[source.readyState, seen.at(-1)]", [1, "anna3"])
        eq(first.evaluate("seen"), ["anna1", "anna2"], "what the leader without a token has seen")
        eq(refused.evaluate("seen"), [], "what the refused tab has seen")


@case("12", "published events named open, error and gap do not reach listeners of tinysse.js events", args=CLIENT, original=OURS)
def client_published_names(t):
    with Browser(t.dir, patience=60) as browser:
        tabs = [client(browser, t) for _ in range(2)]
        for tab in tabs:
            tab.wait("source.readyState", 1)
            tab.evaluate("globalThis.told = []; globalThis.calls = [];"
                         "source.onopen = source.onerror = source.ongap = e => calls.push(e.type);"
                         "for (const name of ['open', 'error', 'gap'])"
                         "  source.addEventListener('event:' + name, e => told.push(e.type + ' ' + e.data)); 0")
        for name in ("open", "error", "gap"):
            t.post_json({"event": name, "data": "x"})
        t.publish("last")
        for tab in tabs:
            tab.wait("seen", ["last"])
            eq(tab.evaluate("[log, calls, told]"), [["open"], [], ["event:open x", "event:error x", "event:gap x"]], "events")


@case("12", "tinysse.js with cookies and no subject has its own stream; with a subject it shares", original=OURS, args=CLIENT)
def client_cookies(t):
    ours(t)
    with Browser(t.dir, patience=60) as browser:
        tabs = [client(browser, t, options) for options in ("withCredentials: true", "withCredentials: true",
                                                            "withCredentials: true, subject: 'anna'",
                                                            "withCredentials: true, subject: 'anna'",
                                                            "withCredentials: true, subject: 'eve'")]
        for tab in tabs:
            tab.wait("source.readyState", 1)
        t.wait(lambda: t.publish("x")["subscribers"] == 4, "four streams for five tabs")


@case("12", "tinysse.js reconnects with since= in place of last=, which a server does not accept together", start=False, original=OURS)
def client_last(t):
    ours(t)
    args = [*CLIENT, "--history", "100"]
    with Browser(t.dir, patience=60) as browser:
        t.start(args)
        t.may_exit = True
        tab = client(browser, t, "share: false", path="/sse?last=50")
        tab.wait("source.readyState", 1)
        time.sleep(0.5)  # until the stream has caught up
        port = t.port
        t.server.signal(signal.SIGKILL)
        t.server.wait_exit(10)
        t.start(args, port=port)
        t.publish("meanwhile")
        tab.wait("seen", ["meanwhile"])
        eq(tab.evaluate("source.readyState"), 1, "state")


@case("12", "a retry: of years makes tinysse.js wait, and online or a visible tab ends any wait", start=False, original=OURS)
def client_long_retry(t):
    ours(t)

    def serve(number, connection, head):
        cross_origin(connection, head, lambda: allowed(connection, b"retry: 99999999999999999999\ndata: x\n\n"))

    with Browser(t.dir, patience=60) as browser, Responder(serve) as server:
        t.start(CLIENT)
        tab = client(browser, t, server=server.url)
        tab.wait("[seen.length, source.readyState]", [1, 0])
        time.sleep(1.5)
        eq(len(gets(server)), 1, "requests")
        tab.evaluate("dispatchEvent(new Event('online'))")
        tab.wait("[seen.length, source.readyState]", [2, 0])
        tab.evaluate("document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))")
        tab.wait("[seen.length, source.readyState]", [3, 0])


@case("12", "after an outage of 15 seconds tinysse.js is connected within six", start=False, original=OURS)
def client_outage(t):
    ours(t)
    with Browser(t.dir, patience=60) as browser:
        t.start(CLIENT)
        t.may_exit = True
        port = t.port
        tabs = [client(browser, t, "share: false") for _ in range(4)]
        for tab in tabs:
            tab.wait("source.readyState", 1)
        t.server.signal(signal.SIGKILL)
        t.server.wait_exit(10)
        time.sleep(15)
        t.start(CLIENT, port=port)
        begun = time.monotonic()
        for tab in tabs:
            tab.wait("source.readyState", 1)
        ok(time.monotonic() - begun < 7, f"connected after {time.monotonic() - begun:.1f} s")
