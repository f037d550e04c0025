"""The examples in examples/lua do what their comments promise. The chat and replay.lua have files of their own."""

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


@case("examples", "channels: a stream gets what is published in its channels, no channel is a 403", start=False)
def example_channels(t):
    start_example(t, "channels.lua")
    news, both = t.sub("/sse?channel=news"), t.sub("/sse?channel=news&channel=sports")
    eq(status(t, "data=goal", "?channel=sports"), 202, "status in a channel")
    eq(status(t, "data=hello", "?channel=news"), 202, "status in another channel")
    news.expect("data: hello")
    both.expect("data: goal", "data: hello")
    eq(status(t, "data=hello"), 403, "status without a channel")
    eq(status(t, "data=hello", "?channel=a%0Ab"), 403, "status with a name that is none")
    eq(t.open_stream("/sse").head.status, 403, "status of a subscriber without a channel")


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
    eq(status(t, "data=noon", X_From_Script="guessed"), 403, "status for a guess")


@case("examples", "presence: each change of who is in a room is told to all in it, and only by the script", start=False)
def example_presence(t):
    start_example(t, "presence.lua", ["--script-tick", "50ms"])
    anna = t.sub("/sse?room=lobby&name=anna")
    eq(json.loads(next_event(anna, "presence")), {"count": 1, "names": ["anna"]}, "what the first is told")
    bob, again = t.sub("/sse?room=lobby&name=bob"), t.sub("/sse?room=lobby&name=bob")
    other = t.sub("/sse?room=attic&name=carl")
    everybody = {"count": 2, "names": ["anna", "bob"]}
    eq(json.loads(next_event(bob, "presence")), everybody, "what the second is told")
    wait_for(anna, everybody)
    eq(status(t, "data=hi", "?room=lobby"), 202, "status of an ordinary message")
    eq(next_event(anna, "message"), "hi", "ordinary message")
    eq(status(t, "event=presence&data=x", "?room=lobby"), 403, "status of a forged presence")
    bob.leave()
    eq(json.loads(next_event(anna, "presence")), everybody, "what is told when one of two tabs is closed")
    again.leave("rst")
    wait_for(anna, {"count": 1, "names": ["anna"]})
    eq(status(t, "data=end", "?room=attic"), 202, "status of a message to the other room")
    told = other.block()
    while told != "data: end":
        matches(r'"carl"', told, "what the other room is told")
        told = other.block()
    eq(t.open_stream("/sse?room=lobby").head.status, 403, "status without a name")


@case("examples", "presence: streams from before a reload are not counted, and not counted out", start=False)
def example_presence_reload(t):
    start_example(t, "presence.lua", ["--script-tick", "50ms"])
    before = t.sub("/sse?room=lobby&name=anna")
    t.server.signal(signal.SIGHUP)
    t.log("Reloaded")
    t.sub("/sse?room=lobby&name=anna")
    before.leave()
    t.wait(lambda: t.publish("hi", path="/sse?room=lobby")["subscribers"] == 1, "the stream from before is gone")
    bob = t.sub("/sse?room=lobby&name=bob")
    eq(json.loads(next_event(bob, "presence")), {"count": 2, "names": ["anna", "bob"]}, "who is there")


def wait_for(stream, presence):
    while json.loads(next_event(stream, "presence")) != presence:
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
