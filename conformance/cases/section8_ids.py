"""Section 8: retention, and the ids of messages."""

import json

from blackbox.channels import HISTORY, OURS, data, event, many, post_lines, server_id
from blackbox.fixtures import EMIT
from conform import case, eq, ok


@case("8", "with history each delivered message has an id, and the 202 says which", args=HISTORY, original=OURS)
def every_message_has_an_id(t):
    stream = t.sub("/sse/a,default")
    for path, fields in (("/sse", {"data": "x"}), ("/sse/a", {"event": "e", "data": "x"}), ("/sse/a", {"comment": ["c"]}),
                         ("/sse", {"data": "x", "id": "my own"}), ("/sse", {"data": "", "id": ""})):
        response = t.post_json(fields, path=path)
        eq(response.status, 202, "status")
        eq(list(response.json()), ["queued", "subscribers", "id"], "members of the 202")
        eq(event(stream.block()).get("id"), response.json()["id"], "id")


@case("8", "a publisher's own id stays as it is, in the stream, in the 202 and in the replay", args=HISTORY, original=OURS)
def own_ids_stay(t):
    stream = t.sub()
    for own in ("7", "ü x", "a:b"):
        eq(t.publish("x", id=own)["id"], own, "id in the 202")
        stream.expect(f"id: {own}\ndata: x")
    t.sub("/sse?since=all").expect("id: 7\ndata: x", "id: ü x\ndata: x", "id: a:b\ndata: x")


@case("8", "the server's id has at most 40 characters of A-Za-z0-9-, and never comes again, over all channels", args=HISTORY,
      original=OURS)
def server_ids(t):
    ids = [server_id(t.publish("x", path=f"/sse/c{i % 7}")["id"]) for i in range(100)]
    ids += [server_id(response["id"]) for response in many(t, 1000)]
    eq(len(set(ids)), len(ids), "different ids")
    eq(len({i.split("-")[0] for i in ids}), 1, "epochs")


@case("8", "ids of one start never come again in the next", start=False, original=OURS)
def ids_after_a_restart(t):
    seen = set()
    for _ in range(3):
        t.start(HISTORY)
        ids = {t.publish("x")["id"] for _ in range(20)}
        ok(not ids & seen, "an id came again")
        seen |= ids
        t.stop()


@case("8", "without history there is no third member, and no id", args=["--channels"], original=OURS)
def no_ids_without_history(t):
    stream = t.sub()
    eq(sorted(t.publish("x")), ["queued", "subscribers"], "members of the 202")
    stream.expect("data: x")


@case("8", "the history of a channel has its newest COUNT messages", args=["--channels", "--history", "5"], original=OURS)
def newest_are_kept(t):
    for i in range(12):
        t.publish(f"a{i}", path="/sse/a")
        if i < 3:
            t.publish(f"b{i}", path="/sse/b")
    stream = t.sub("/sse/a,b?since=all")
    eq(sorted(data(stream, 8)), ["a10", "a11", "a7", "a8", "a9", "b0", "b1", "b2"], "history")
    t.publish("end", path="/sse/a")
    eq(data(stream, 1), ["end"], "next message")


@case("8", "messages older than --history-age are dropped", args=["--history", "100", "--history-age", "1s"], original=OURS)
def old_is_dropped(t):
    t.publish("old")

    def gone():
        stream = t.sub("/sse?since=all")
        t.publish("end", event="end")
        first = event(stream.block()).get("data")
        stream.leave()
        return first != "old"

    t.wait(gone, "the message is dropped")
    t.publish("new")
    stream = t.sub("/sse?last=1")
    eq(data(stream, 1), ["new"], "history")


@case("8", "all history together stays within --history-size: the oldest of all channels go", original=OURS,
      args=["--channels", "--history", "100000", "--history-size", "200KB", "--max-body-size", "2MB"])
def size_is_kept(t):
    for name in "ab":
        many(t, 300, path="/sse/" + name, size=1000)
    stream = t.sub("/sse/a,b?since=all")
    t.publish("end", path="/sse/b")
    got = []
    while not got or got[-1] != "end":
        got += [text.strip() for text in data(stream, 1)]
    ok(20 <= len(got) <= 250, f"stored messages: {len(got)}")
    eq(got[:-1], [str(i) for i in range(301 - len(got), 300)], "the newest, all of b")


@case("8", "messages that the publish hook rejects are not stored, changed ones are stored as changed", args=HISTORY, original=OURS,
      script=EMIT + """
function publish(pub)
  if pub.msg.event == "no" then return nil end
  if pub.msg.event == "empty" then pub.msg = {} end
  if pub.msg.data then pub.msg.data = pub.msg.data .. "!" end
  return pub
end
""")
def hook_decides_what_is_kept(t):
    eq(t.post_json({"event": "no", "data": "1"}).status, 403, "status")
    t.publish("2")
    eq(sorted(t.post_json({"event": "empty"}).json())[0], "queued", "response to a message without any field")
    t.publish("3")
    eq(data(t.sub("/sse?since=all"), 2), ["2!", "3!"], "history")


@case("8", "the envelope has the id that goes out", args=HISTORY, original=OURS)
def id_in_the_envelope(t):
    stream = t.sub("/sse/a?envelope=json")
    given = t.publish("x", path="/sse/a")["id"]
    stream.expect(f'id: {given}\ndata: {{"channel":"a","id":"{given}","data":"x"}}')
    again = t.sub("/sse/a?envelope=json&since=all")
    again.expect(f'id: {given}\ndata: {{"channel":"a","id":"{given}","data":"x"}}')


@case("8", "the lines of a response to many messages have ids, too", args=HISTORY, original=OURS)
def ids_of_many(t):
    stream = t.sub()
    response = post_lines(t, [{"data": "1"}, {"data": "2", "id": "own"}])
    first, second = (json.loads(line) for line in response.text.splitlines())
    server_id(first["id"])
    stream.expect(f"id: {first['id']}\ndata: 1", "id: own\ndata: 2")
    eq(second["id"], "own", "id in the response")
