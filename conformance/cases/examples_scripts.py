"""The examples in examples/lua do what their comments say. The chat and replay.lua have files of their own."""

import json
import signal

from blackbox.eventstream import EventStreamParser
from blackbox.fixtures import FORM, error_text
from blackbox.repository import start_example
from conform import case, eq, matches

SECRET_KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4="
# Made with that key in 1985: the vector in the specification of Fernet. Inside is "hello".
OLD_TOKEN = ("gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==")


def status(t, data, query="", **headers):
    """Posts a form as curl would, and hands back the status."""
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return t.post(data.encode(), FORM, path="/sse" + query, headers=fields).status


def next_event(stream, kind):
    """The data of the next event of a kind, whatever comes before it."""
    while True:
        block = stream.block()
        parsed = EventStreamParser.parse((block + "\n\n").encode()).events
        if parsed and parsed[0][0] == kind:
            return parsed[0][1]


@case("examples", "channels: what is open can be used, all of it by **, and nothing else", start=False)
def example_channels(t):
    start_example(t, "channels.lua")
    news, both, all_open = t.sub("/sse/news,secrets"), t.sub("/sse/news,sports"), t.sub("/sse/**")
    eq(status(t, "data=goal", "/sports"), 202, "status in a channel")
    eq(status(t, "data=hello", "/news"), 202, "status in another channel")
    news.expect("data: hello")
    both.expect("data: goal", "data: hello")
    all_open.expect("data: goal", "data: hello")
    eq((status(t, "data=hello"), status(t, "data=hello", "/secrets")), (403, 403), "status without an open channel")
    for path in ("/sse", "/sse/secrets", "/sse/*"):
        eq(t.open_stream(path).head.status, 403, f"status of a subscriber to {path}")


@case("examples", "users: what is for one user reaches that user alone, also when it is replayed", start=False)
def example_users(t):
    start_example(t, "users.lua")
    anna, bob = (t.sub("/sse/default,user.carl,**", headers={"X-User": name}) for name in ("anna", "bob"))
    eq(status(t, "data=psst", "/user.anna", X_User="bob"), 202, "status of a message to one user")
    eq(status(t, "data=hello", X_User="bob"), 202, "status of a message to all")
    eq([data_of(anna), data_of(anna)], ["psst", "hello"], "what anna gets")
    eq(data_of(bob), "hello", "what bob gets")
    again = [t.sub("/sse?since=all", headers={"X-User": name}) for name in ("anna", "carl")]
    eq(status(t, "data=end", X_User="bob"), 202, "status of the last message")
    eq([data_of(again[0]) for _ in range(3)], ["psst", "hello", "end"], "what is replayed to anna")
    eq([data_of(again[1]) for _ in range(2)], ["hello", "end"], "what is replayed to carl")
    eq((status(t, "data=x", "/other", X_User="bob"), status(t, "data=x")), (403, 403), "status of what is not let through")
    for user in ({}, {"X-User": "*"}, {"X-User": "a.b"}, {"X-User": ""}):
        eq(t.open_stream(headers=user).head.status, 403, f"status of a subscriber with {user}")


def data_of(stream):
    """The data of the next event."""
    return EventStreamParser.parse((stream.block() + "\n\n").encode()).events[0][1]


@case("examples", "publish-from-lua: a clock ticks, and nobody else can publish", start=False)
def example_publish_from_lua(t):
    start_example(t, "publish-from-lua.lua", ["--script-tick", "100ms"])
    stream = t.sub()
    ticks = stream.blocks(3)
    ids = [int(block.split("\n")[0].removeprefix("id: ")) for block in ticks]
    eq(ids, [ids[0], ids[0] + 1, ids[0] + 2], "ids")
    for block in ticks:
        matches(r"^id: \d+\nevent: clock\ndata: \d\d:\d\d:\d\d$", block, "event")
    eq(status(t, "data=noon"), 403, "status for somebody else")


@case("examples", "presence: the script, and only it, sends each change of the count to all streams of the room", start=False)
def example_presence(t):
    start_example(t, "presence.lua", ["--script-tick", "50ms"])
    first, attic = t.sub("/sse/room.lobby"), t.sub("/sse/room.attic")
    wait_for(first, 1)
    second, third = t.sub("/sse/room.lobby"), t.sub("/sse/room.lobby")
    wait_for(first, 3)
    wait_for(third, 3)
    eq(status(t, "data=hi", "/room.lobby"), 202, "status of an ordinary message")
    eq(next_event(first, "message"), "hi", "ordinary message")
    eq(status(t, "event=presence&data=x", "/room.lobby"), 403, "status of a forged presence")
    second.leave()
    wait_for(first, 2)
    third.leave("rst")
    wait_for(first, 1)
    wait_for(attic, 1)
    eq(status(t, "data=end", "/room.attic"), 202, "status of a message to the other room")
    eq(next_event(attic, "message"), "end", "message in the other room")
    eq([t.open_stream(path).head.status for path in ("/sse", "/sse/room.*", "/sse/room.lobby,other")], [403] * 3,
       "status without a room")


@case("examples", "presence: streams from before a reload are counted", start=False)
def example_presence_reload(t):
    start_example(t, "presence.lua", ["--script-tick", "50ms"])
    before = t.sub("/sse/room.lobby")
    t.server.signal(signal.SIGHUP)
    t.log("Reloaded")
    after = t.sub("/sse/room.lobby")
    wait_for(after, 2)
    before.leave()
    wait_for(after, 1)


def wait_for(stream, count):
    while json.loads(next_event(stream, "presence")) != {"count": count}:
        pass


@case("examples", "auth: a token or the cookie that its bearer gets, and nothing else", start=False)
def example_auth(t):
    tokens = {"AUTH_KEY": SECRET_KEY, "AUTH_TOKENS": '{"anna-1":"anna","hello-1":"hello"}'}
    start_example(t, "auth.lua", env=tokens)
    first = t.sub(headers={"Authorization": "Bearer anna-1"})
    cookie = next_event(first, "cookie")
    matches(r"^session=[\w=-]+; Max-Age=3600; Path=/; HttpOnly; Secure; SameSite=Strict$", cookie, "cookie")
    pair = cookie.split(";")[0]
    second = t.sub(headers={"Cookie": f"theme=dark; {pair}"})
    eq(status(t, "data=hi", Cookie=pair), 202, "status of a publisher with the cookie")
    eq(status(t, "data=ho", Authorization="Bearer anna-1"), 202, "status of a publisher with a token")
    first.expect("data: hi", "data: ho")
    second.expect("data: hi", "data: ho")
    for headers in ({}, {"Authorization": "Bearer anna-2"}, {"Authorization": "Bearer"},
                    {"Cookie": pair[:-3] + "abc"}, {"Cookie": "session="}, {"Cookie": f"session={OLD_TOKEN}"}):
        refused = t.open_stream(headers=headers).head
        eq((refused.status, refused.get("WWW-Authenticate")), (401, "Bearer"), f"to a subscriber with {headers}")
        refused = t.post_json({"data": "x"}, headers=headers)
        eq((refused.status, error_text(refused)), (401, "log in first"), f"to a publisher with {headers}")
    start_example(t, "auth.lua", env={**tokens, "AUTH_TOKENS": '{"bob-1":"bob"}'})
    eq(t.open_stream(headers={"Cookie": pair}).head.status, 401, "status of a user who has no token any more")
    start_example(t, "auth.lua")
    eq(t.open_stream(headers={"Authorization": "Bearer "}).head.status, 401, "status when nothing is set")
    t.log("AUTH_TOKENS is not set")


@case("examples", "filter: for one user, for a topic, and never back to the sender", start=False)
def example_filter(t):
    start_example(t, "filter.lua")
    anna, bob = t.sub(headers={"X-User": "anna"}), t.sub("/sse?topic=news", headers={"X-User": "bob"})
    eq(status(t, "event=news&data=rain", X_User="carl"), 202, "status")
    eq(status(t, "data=psst", "?to=anna", X_User="carl"), 202, "status")
    eq(status(t, "data=me", X_User="anna"), 202, "status")
    eq(status(t, "data=for+bob", "?to=bob", X_User="carl"), 202, "status")
    eq(status(t, "event=news&data=end", X_User="carl"), 202, "status")
    anna.expect("event: news\ndata: rain", "data: psst", "event: news\ndata: end")
    bob.expect("event: news\ndata: rain", "data: for bob", "event: news\ndata: end")
    eq(status(t, "data=x"), 403, "status without a user")
    eq(t.open_stream().head.status, 403, "status of a subscriber without a user")


@case("examples", "rate-limit: twenty messages and ten streams for one address", start=False)
def example_rate_limit(t):
    start_example(t, "rate-limit.lua")
    eq([status(t, "data=x") for _ in range(25)], [202] * 20 + [403] * 5, "statuses")
    streams = [t.sub() for _ in range(10)]
    eq(t.open_stream().head.status, 403, "status of the eleventh stream")
    streams[0].leave()
    t.wait(lambda: t.open_stream().head.status == 200, "one more stream after one has gone")
