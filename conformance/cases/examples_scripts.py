"""The examples in examples/lua do what the comments at their top promise. The chat has a file of its own."""

import json
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import threading

from blackbox.eventstream import EventStreamParser
from blackbox.fixtures import FORM
from blackbox.repository import examples, read, run, start_example
from conform import Skip, case, eq, matches, ok

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


@case("examples", "tinysse check finds nothing wrong with any example", start=False)
def examples_check(t):
    files = examples(tests=False)
    ok(len(files) >= 8, f"only {len(files)} examples")
    exit_status, lines = run(t, "check", *files)
    eq(exit_status, 0, "exit status with the output " + " | ".join(lines))


@case("examples", "the tests beside the examples pass", start=False)
def examples_tests(t):
    files = examples(tests=True)
    ok(len(files) >= 3, f"only {len(files)} files with tests")
    exit_status, lines = run(t, "test", *files)
    eq((exit_status, [line for line in lines if line.startswith("FAIL")]), (0, []), "exit status and failures")
    matches(r"^[1-9]\d* passed, 0 failed$", lines[-1], "last line")


@case("examples", "each curl command at the top of an example is answered with the status that stands beside it, "
                  "or else with 202, or with 200 if it subscribes", start=False)
def examples_commands(t):
    if not shutil.which("curl"):
        raise Skip("needs curl")
    for path in examples(tests=False):
        head = re.findall(r"^--   (.*)$", read(path), re.M)
        env = dict(word.split("=", 1) for line in head for word in shlex.split(line)[1:]
                   if line.startswith("export ") and "$(" not in line)
        start_example(t, path, ["--script-tick", "50ms"], env)
        commands = [line for line in head if re.match(r"curl [^#…]+(#|$)", line)]
        ok(commands, f"no command in {path}")
        running = [(command, curl(command, t.port)) for command in commands]
        for command, process in running:
            said = re.search(r"# (\d{3})\b", command)
            want = said.group(1) if said else "200" if " -N " in command else "202"
            eq(process.communicate(timeout=30)[0].decode(), want, f"status for {command}")


def curl(command, port):
    """Runs a command line in a shell, for two seconds at most; it prints the status and nothing else."""
    quiet = "curl -s -o /dev/null -w '%{http_code}' --max-time 2 "
    return subprocess.Popen(["sh", "-c", quiet + command.removeprefix("curl ").replace("1983", str(port))],
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)


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
        eq(t.open_stream(headers=headers).head.status, 403, f"status of a subscriber with {headers}")
        eq(t.post_json({"data": "x"}, headers=headers).status, 403, f"status of a publisher with {headers}")
    start_example(t, "auth.lua", env={**tokens, "AUTH_TOKENS": '{"bob-1":"bob"}'})
    eq(t.open_stream(headers={"Cookie": pair}).head.status, 403, "status of a user who has no token any more")
    start_example(t, "auth.lua")
    eq(t.open_stream(headers={"Authorization": "Bearer "}).head.status, 403, "status when nothing is set")
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


@case("examples", "replay: who comes back gets what was missed, also after a restart", start=False)
def example_replay(t):
    start_example(t, "replay.lua")
    eq(status(t, "data=one"), 202, "status")
    t.post_json({"event": "news", "data": "it's; drop table messages", "comment": ["c"], "id": "999"})
    t.post_json({"event": "empty"})
    kept = ["id: 1\ndata: one", "id: 2\nevent: news\ndata: it's; drop table messages\n: c", "id: 3\nevent: empty"]
    t.sub(headers={"Last-Event-ID": "0"}).expect(*kept)
    t.stop()
    start_example(t, "replay.lua")
    t.sub(headers={"Last-Event-ID": "1"}).expect(*kept[1:])
    others = [t.sub(headers={"Last-Event-ID": nonsense}) for nonsense in ("x", "1 or 1", "9" * 40, "nan")]
    others.append(t.sub())
    t.publish("four")
    for stream in others:
        stream.expect("id: 4\ndata: four")


@case("examples", "replay: twenty publishers at once, and a stream that returns has missed nothing", start=False)
def example_replay_together(t):
    start_example(t, "replay.lua")
    stream = t.sub()
    publishers = [threading.Thread(target=lambda i=i: [t.publish(f"{i}-{n}") for n in range(5)]) for i in range(20)]
    for publisher in publishers:
        publisher.start()
    half = [stream.block() for _ in range(50)]
    last = half[-1].split("\n")[0].removeprefix("id: ")
    stream.leave()
    stream = t.sub(headers={"Last-Event-ID": last})
    for publisher in publishers:
        publisher.join()
    ids = [int(event.split("\n")[0].removeprefix("id: ")) for event in half + stream.blocks(50)]
    wrong = next((i for i, number in enumerate(ids, 1) if number != i), None)
    eq(wrong and ids[max(0, wrong - 2): wrong + 8], None, f"ids around the first wrong one (break behind {last})")


@case("examples", "replay: the table keeps the last 1000 messages", start=False)
def example_replay_bounded(t):
    start_example(t, "replay.lua")
    t.publish("first")
    t.stop()
    with sqlite3.connect(t.path("replay.db")) as db:
        db.executemany("insert into messages (message) values (?)", [('{"data":"x"}',)] * 2000)
    start_example(t, "replay.lua")
    t.publish("last")
    with sqlite3.connect(t.path("replay.db")) as db:
        eq(db.execute("select count(*), min(id), max(id) from messages").fetchone(), (1000, 1003, 2002), "the table")


@case("examples", "rate-limit: twenty messages and ten streams for one address", start=False)
def example_rate_limit(t):
    start_example(t, "rate-limit.lua")
    eq([status(t, "data=x") for _ in range(25)], [202] * 20 + [403] * 5, "statuses")
    streams = [t.sub() for _ in range(10)]
    eq(t.open_stream().head.status, 403, "status of the eleventh stream")
    streams[0].leave()
    t.wait(lambda: t.open_stream().head.status == 200, "one more stream after one has gone")
