"""Section 8: gaps in a replay."""

from blackbox.channels import HISTORY, OURS, data, event, gap, last_event_id, many
from blackbox.fixtures import stalled
from blackbox.operators import ADMIN, ask
from conform import case, eq, ok

FIVE = ["--channels", "--history", "5"]


def publish(t, count, path="/sse", start=0):
    return [t.publish(str(i), path=path)["id"] for i in range(start, start + count)]


@case("8", "messages dropped by count are reported first, once, and the rest after the id follows", args=FIVE,
      original=OURS)
def expired_by_count(t):
    ids = publish(t, 12, "/sse/a")
    stream = t.sub("/sse/a", headers=last_event_id(ids[2]))
    exact, told = gap(stream, "a")
    eq((told["after"], told["reason"], sorted(told)), (ids[2], "expired", ["after", "channels", "reason"]), "gap")
    eq(data(stream, 5), [str(i) for i in range(7, 12)], "what is left")
    t.publish("live", path="/sse/a")
    eq(data(stream, 1), ["live"], "live")
    ok(exact, "the gap has no id")


@case("8", "resuming from the id of a gap is exact: no second gap, and no loss", args=FIVE,
      original=OURS)
def coming_back_from_a_gap(t):
    ids = publish(t, 12, "/sse/a")
    exact, _ = gap(t.sub("/sse/a", headers=last_event_id(ids[2])))
    stream = t.sub("/sse/a", headers=last_event_id(exact))
    eq(data(stream, 5), [str(i) for i in range(7, 12)], "replay")
    publish(t, 3, "/sse/a", 12)
    again = t.sub("/sse/a", headers=last_event_id(exact))
    gap(again, "a")
    eq(data(again, 5), [str(i) for i in range(10, 15)], "what is left after more was dropped")


@case("8", "the id of a gap does not hide what other channels have lost, nor what its own have lost beside others", args=FIVE,
      original=OURS)
def gap_id_on_other_channels(t):
    first = t.publish("first", path="/sse/a")["id"]
    for channel in "abc":
        publish(t, 8, "/sse/" + channel)
    exact, _ = gap(t.sub("/sse/a", headers=last_event_id(first)), "a")
    ok(len(exact) <= 40, f"more than 40 characters: {exact}")
    stream = t.sub("/sse/b", headers=last_event_id(exact))
    told = gap(stream, "b")[1]
    eq((told["after"], told["reason"]), (exact, "expired"), "gap")
    eq(data(stream, 5), [str(i) for i in range(3, 8)], "what is left")
    ok("b" in gap(t.sub("/sse/a,b", headers=last_event_id(exact)))[1]["channels"], "b is not told of beside a")
    ok("b" in gap(t.sub("/sse/**", headers=last_event_id(exact)))[1]["channels"], "b is not told of in **")
    exact, _ = gap(t.sub("/sse/a,b,c", headers=last_event_id(first)), "a", "b", "c")
    eq(data(t.sub("/sse/c,b,a", headers=last_event_id(exact)), 15), [str(i) for i in range(3, 8)] * 3, "the same in another order")


@case("8", "the last message that was dropped makes no gap for who has seen it", args=FIVE, original=OURS)
def just_no_gap(t):
    ids = publish(t, 12)
    stream = t.sub(headers=last_event_id(ids[6]))
    eq(data(stream, 5), [str(i) for i in range(7, 12)], "replay")
    gap(t.sub(headers=last_event_id(ids[5])), "default")


@case("8", "channels names those that have dropped some of it, and no other", args=FIVE, original=OURS)
def gap_names_channels(t):
    first = t.publish("x", path="/sse/quiet")["id"]
    publish(t, 8, "/sse/a")
    publish(t, 3, "/sse/b")
    publish(t, 7, "/sse/c")
    stream = t.sub("/sse/a,b,c,quiet", headers=last_event_id(first))
    _, told = gap(stream, "a", "c")
    eq(told["reason"], "expired", "reason")
    eq(len(data(stream, 13)), 13, "what is left")
    eq(gap(t.sub("/sse/**", headers=last_event_id(first)))[1]["channels"], ["a", "c"], "channels of **")


@case("8", "what other channels, or older messages, have lost is no gap", args=FIVE, original=OURS)
def no_gap_for_others(t):
    publish(t, 20, "/sse/a")
    publish(t, 20, "/sse/b")
    ids = publish(t, 3, "/sse/b", 20)
    publish(t, 20, "/sse/a")
    stream = t.sub("/sse/b", headers=last_event_id(ids[0]))
    eq(data(stream, 2), ["21", "22"], "replay")


@case("8", "what has been dropped by age is a gap", args=["--history", "100", "--history-age", "1s"], original=OURS)
def expired_by_age(t):
    known = t.publish("1")["id"]
    t.publish("2")

    def told():
        stream = t.sub(headers=last_event_id(known))
        t.publish("end")
        first = event(stream.block())
        stream.leave()
        return first if first.get("event") == "tinysse.gap" else None

    ok('"reason":"expired"' in t.wait(told, "a gap")["data"], "reason")


@case("8", "what has been dropped by size is a gap", original=OURS,
      args=["--history", "100000", "--history-size", "100KB", "--max-body-size", "8MB"])
def expired_by_size(t):
    known = t.publish("1")["id"]
    many(t, 300, size=1000)
    _, told = gap(t.sub(headers=last_event_id(known)), "default")
    eq(told["reason"], "expired", "reason")


@case("8", "of a channel that has been forgotten, anything older than what was forgotten last counts as lost", original=OURS,
      args=["--channels", "--history", "100000", "--history-size", "100KB", "--max-body-size", "8MB"])
def expired_with_its_channel(t):
    known = t.publish("1", path="/sse/gone")["id"]
    t.publish("2", path="/sse/gone")
    many(t, 400, path="/sse/loud", size=1000)
    stream = t.sub("/sse/gone", headers=last_event_id(known))
    _, told = gap(stream, "gone")
    eq((told["after"], told["reason"]), (known, "expired"), "gap")
    t.publish("3", path="/sse/gone")
    eq(data(stream, 1), ["3"], "next message")


@case("8", "an id that does not exist is unknown, and the whole history of the channels follows", args=HISTORY, original=OURS)
def unknown_id(t):
    publish(t, 3)
    t.publish("other", path="/sse/a")
    for unknown in ("no such id", "order-8", "7", "ü", "x" * 1024, "abc-123-456"):
        stream = t.sub(headers=last_event_id(unknown))
        exact, told = gap(stream)
        eq((told["after"], told["reason"]), (unknown, "unknown"), "gap")
        eq(data(stream, 3), ["0", "1", "2"], "history")
        eq(data(t.sub(headers=last_event_id(exact)), 3), ["0", "1", "2"], "replay after the id of the gap")


@case("8", "an own id whose message has been dropped is unknown", args=FIVE, original=OURS)
def dropped_own_id(t):
    t.publish("mine", id="mine")
    publish(t, 5)
    stream = t.sub(headers=last_event_id("mine"))
    eq(gap(stream)[1]["reason"], "unknown", "reason")
    eq(data(stream, 5), [str(i) for i in range(5)], "history")


@case("8", "an own id of a channel that the stream does not have is unknown", args=HISTORY, original=OURS)
def id_of_another_channel(t):
    t.publish("secret", path="/sse/secret", id="mine")
    publish(t, 2, "/sse/a")
    stream = t.sub("/sse/a", headers=last_event_id("mine"))
    eq(gap(stream)[1]["reason"], "unknown", "reason")
    eq(data(stream, 2), ["0", "1"], "history")


@case("8", "an id of a history in memory is unknown after a restart", start=False, original=OURS)
def id_of_an_earlier_server(t):
    t.start(HISTORY)
    known = t.publish("x")["id"]
    t.stop()
    t.start(HISTORY)
    publish(t, 2)
    stream = t.sub(headers=last_event_id(known))
    eq((lambda told: (told["after"], told["reason"]))(gap(stream)[1]), (known, "unknown"), "gap")
    eq(data(stream, 2), ["0", "1"], "history")


@case("8", "a deleted history is a gap for its channel, and not for channels that never had a message",
      args=[*ADMIN, *HISTORY], original=OURS)
def deleted_history(t):
    seen = t.publish("seen", "/sse/b")["id"]
    t.publish("1", "/sse/a.x")
    t.publish("2", "/sse/a.x")
    eq(ask(t, "DELETE", "/channels/a.x/history").status, 200, "status")
    quiet = t.sub("/sse/b,never", headers=last_event_id(seen))
    t.publish("3", "/sse/never")
    eq(data(quiet, 1), ["3"], "no gap")
    gap(t.sub("/sse/b,a.x", headers=last_event_id(seen)), "a.x")
    gap(t.sub("/sse/b,a.*", headers=last_event_id(seen)), "a.x")


@case("8", "in an open stream, after is the last id that it was sent, and resuming from the gap's id is exact",
      original=OURS, args=["--history", "16", "--capacity", "16", "--write-timeout", "60s", "--max-body-size", "8MB"])
def gap_in_the_middle(t):
    stream = stalled(t)
    many(t, 500, size=4000)
    sent = None
    while True:
        fields = event(stream.block())
        if fields.get("event") == "tinysse.gap":
            break
        sent = fields["id"]
    ok(f'"after":"{sent}"' in fields["data"] and '"reason":"expired"' in fields["data"], f"gap: {fields}")
    eq([text.strip() for text in data(stream, 16)], [str(i) for i in range(484, 500)], "what is left")
    again = t.sub(headers=last_event_id(fields["id"]))
    eq([text.strip() for text in data(again, 16)], [str(i) for i in range(484, 500)], "replay after the gap's id")


@case("8", "without history a gap in the middle of a stream has neither id nor after", original=OURS,
      args=["--channels", "--capacity", "16", "--write-timeout", "60s", "--max-body-size", "8MB"])
def gap_without_history(t):
    stream = stalled(t)
    many(t, 500, size=4000)
    fields = event(stream.block())
    while fields.get("event") != "tinysse.gap":
        fields = event(stream.block())
    eq(("id" in fields, fields["data"]), (False, '{"reason":"expired","channels":["default"]}'), "gap")
    eq([text.strip() for text in data(stream, 16)], [str(i) for i in range(484, 500)], "what is left")


@case("8", "a gap is the same event in an envelope stream", args=FIVE, original=OURS)
def gap_in_an_envelope_stream(t):
    ids = publish(t, 12)
    stream = t.sub("/sse?envelope=json", headers=last_event_id(ids[0]))
    gap(stream, "default")
    ok('"channel":"default"' in event(stream.block())["data"], "no envelope behind the gap")
