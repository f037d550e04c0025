"""examples/lua/replay.lua: nothing is lost and nothing comes twice, also with many publishers and over a restart."""

import sqlite3
import threading

from blackbox.repository import start_example
from conform import case, eq


@case("examples", "replay: who comes back gets what was missed, also after a restart", start=False)
def example_replay(t):
    start_example(t, "replay.lua")
    t.publish("one")
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
