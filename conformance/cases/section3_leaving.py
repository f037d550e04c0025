"""Section 3: resuming, leaving, falling behind."""

import threading

from blackbox.fixtures import LEAVING, LOSS, release
from conform import EMIT, Head, Stream, case, eq, ok, request_bytes


@case("3", "Last-Event-ID, else last_event_id in the query, goes to catchup; the header wins",
      script=EMIT + "function catchup(sub, id) emit('catchup', {id = id, kind_of_id = type(id)}) end")
def last_event_id(t):
    wanted = []
    for path, headers, want in (("/sse", {}, None), ("/sse?last_event_id=q", {}, "q"),
                                ("/sse", {"Last-Event-ID": "h"}, "h"),
                                ("/sse?a=1&last_event_id=q", {"last-event-id": "h"}, "h"),
                                ("/sse?last_event_id=a%2Fb+c%20d%26%C3%BC&x=1", {}, "a/b c d&ü"),
                                ("/sse", {"Last-Event-ID": "a%2Fb+c, d"}, "a%2Fb+c, d")):
        t.sub(path, headers).leave()
        wanted.append(want)
        t.emitted("catchup", len(wanted))  # which comes after what the client sees first
    eq([call.get("id") for call in t.emitted("catchup", len(wanted))], wanted, "ids given to catchup")
    eq(t.emitted_now("catchup")[0]["kind_of_id"], "nil", "type of an absent id")


@case("3", "a rejected subscription is a 403 with that JSON body",
      script="function subscribe(sub) if sub.req.query == 'no' then return nil end return sub end")
def subscribe_rejected(t):
    response = t.get("/sse?no")
    eq(response.status, 403, "status")
    eq(response.get("content-type"), "application/json", "content type")
    eq(response.body, b'{"error":"subscribe rejected by script"}', "body")
    eq(t.publish("x")["subscribers"], 0, "subscribers")
    t.sub("/sse?yes")


@case("3", "unsubscribe runs within a second of the client's FIN, without anything being written", script=LEAVING)
def leave_by_fin(t):
    t.sub("/sse?fin").leave("fin")
    eq(t.emitted("gone", timeout=3)[0]["name"], "fin", "who has gone")
    eq(t.publish("x")["subscribers"], 0, "subscribers")


@case("3", "unsubscribe runs within a second of the client's RST, without anything being written", script=LEAVING)
def leave_by_reset(t):
    stream = t.sub("/sse?rst")
    t.publish("x")
    stream.expect("data: x")
    stream.leave("rst")
    eq(t.emitted("gone", timeout=3)[0]["name"], "rst", "who has gone")
    eq(t.publish("x")["subscribers"], 0, "subscribers")


@case("3", "messages published while catchup runs are delivered after the replay, without loss",
      original="differs: a message in between is lost", script=EMIT + """
local sleep = require "sleep"
local open = false
function publish(pub) if pub.msg.event == "release" then open = true return nil end return pub end
function catchup(sub, id)
  emit("catchup")
  while not open do sleep(20) end
  return {{data = "old 1"}, {data = "old 2"}}
end
""")
def no_gap_during_catchup(t):
    connection = t.connect()
    connection.send(request_bytes("GET", "/sse", close=False))
    t.emitted("catchup")
    for i in range(3):
        eq(t.publish(f"new {i}")["subscribers"], 1, "subscribers during catchup")
    release(t)
    stream = Stream(connection, Head(connection.head(t.patience)), t.patience)
    t.publish("end")
    stream.expect(": ok", "data: old 1", "data: old 2", "data: new 0", "data: new 1", "data: new 2", "data: end")


@case("3", "a client that leaves during subscribe still gets its unsubscribe", original="differs: never called",
      script=EMIT + """
local sleep = require "sleep"
local open = false
function publish(pub) if pub.msg.event == "release" then open = true return nil end return pub end
function subscribe(sub)
  emit("subscribe")
  while not open do sleep(20) end
  return sub
end
function unsubscribe(sub) emit("gone") end
""")
def leave_during_subscribe(t):
    connection = t.connect()
    connection.send(request_bytes("GET", "/sse", close=False))
    t.emitted("subscribe")
    connection.close()
    release(t)
    t.emitted("gone")
    eq(t.publish("x")["subscribers"], 0, "subscribers")


@case("3", "one slow consumer delays neither another stream nor a publisher", args=["--capacity", "16"])
def slow_reader_is_alone(t):
    slow, fast = t.sub(receive_buffer=4096), t.sub()
    text = "x" * 60000
    for i in range(150):
        eq(t.publish(f"{i} {text}")["subscribers"], 2, f"subscribers at message {i}")
        eq(fast.block(), f"data: {i} {text}", "next event of the reader")
    ok(not slow.ended, "the slow stream was ended")


@case("3", "a stream that falls behind by more than the capacity loses the oldest messages and continues",
      args=["--capacity", "16"])
def slow_reader_loses_oldest(t):
    slow, fast = t.sub(receive_buffer=4096), t.sub()
    text = "x" * 60000
    for i in range(200):
        t.publish(f"{i} {text}")
        fast.block()
    t.publish("end")
    got = []
    while True:
        block = slow.block()
        if block == "data: end":
            break
        got.append(int(block[6:].split(" ")[0]))
    ok(len(got) < 200, "nothing was lost, so nothing was shown")
    eq(got, sorted(set(got)), "order")
    eq(got[0], 0, "first message")
    eq(got[-15:], list(range(185, 200)), "the newest messages")
    t.log(LOSS)


@case("3", "a stream resumed while publish hooks run gets each of their messages once, and in order",
      script="""
local sleep = require "sleep"
local stored = {}
function publish(pub)
  stored[#stored + 1] = pub.msg
  pub.msg.id = #stored
  sleep(1000)
  return pub
end
function catchup(sub, id)
  local unseen = {}
  for i = (tonumber(id) or 0) + 1, #stored do unseen[#unseen + 1] = stored[i] end
  return unseen
end""")
def catchup_repeats_nothing(t):
    publishers = [threading.Thread(target=lambda name=name: t.publish(name)) for name in ("one", "two", "three")]
    for publisher in publishers[:2]:
        publisher.start()
    t.wait(lambda: "id: 2" in t.sub(headers={"Last-Event-ID": "1"}).drain(0.05), "two messages are stored")
    publishers[2].start()
    t.wait(lambda: "id: 3" in t.sub(headers={"Last-Event-ID": "2"}).drain(0.05), "three messages are stored")
    back = t.sub(headers={"Last-Event-ID": "2"})
    for publisher in publishers:
        publisher.join()
    t.publish("end")
    seen = []
    while not seen or "data: end" not in seen[-1]:
        seen.append(back.block())
    eq([block.split("\n")[0] for block in seen], ["id: 3", "id: 4"], "ids behind 2")
