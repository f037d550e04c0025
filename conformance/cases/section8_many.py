"""Section 8: many messages in one request."""

import json
import threading

from blackbox.channels import CHANNELS, LINES, OURS, data, post_lines, refused
from blackbox.fixtures import EMIT
from conform import case, eq, ok


def lines_of(response):
    eq((response.status, response.get("content-type")), (202, LINES), f"response ({response.text[:80]})")
    ok(response.text.endswith("\n"), "the last line has no end")
    return [json.loads(line) for line in response.text.splitlines()]


@case("8", "one JSON message a line is published in order, and the response has a line of JSON for each", args=CHANNELS,
      original=OURS)
def many_messages(t):
    stream = t.sub()
    responses = lines_of(post_lines(t, [{"data": "1"}, {"id": "i", "event": "e", "data": "a\nb", "comment": ["c"]},
                                        '  {"data" : "3", "other":[1]}  ']))
    eq([sorted(response) for response in responses], [["queued", "subscribers"]] * 3, "members")
    eq([response["subscribers"] for response in responses], [1, 1, 1], "subscribers")
    stream.expect("data: 1", "id: i\nevent: e\ndata: a\ndata: b\n: c", "data: 3")


@case("8", "each goes to the channel of its field, or to the request's", args=CHANNELS, original=OURS)
def channels_of_many(t):
    a, b, default = t.sub("/sse/a"), t.sub("/sse/b"), t.sub()
    lines_of(post_lines(t, [{"data": "1", "channel": "a"}, {"data": "2"}, {"data": "3", "channel": "b"}]))
    lines_of(post_lines(t, [{"data": "4"}, {"data": "5", "channel": "a"}], path="/sse/a"))
    lines_of(post_lines(t, [{"data": "6"}], path="/sse?channel=b"))
    eq([data(a, 3), data(b, 2), data(default, 1)], [["1", "4", "5"], ["3", "6"], ["2"]], "messages")


@case("8", "a bad line is a 400 that names its number, and nothing is published", args=CHANNELS, original=OURS)
def bad_line(t):
    stream = t.sub("/sse/**")
    for bad in ("{", "[]", "", " ", '{"data":1}', "{}", '{"data":"x","data":"y"}', '{"data":"x","channel":"a..b"}',
                '{"data":"x","channel":"*"}', '{"id":"a\\nb"}', '{"data":"x"} {"data":"y"}'):
        for position in (1, 2, 3):
            lines = ['{"data":"good"}'] * 3
            lines[position - 1] = bad
            refused(post_lines(t, lines + ['{"data":"last"}']), 400, f"line {position}: ")
    refused(post_lines(t, [{"data": "x"}, {"data": "x", "channel": "b"}], path="/sse/a"), 400, "line 2: ", "a", "b")
    refused(t.post(b'{"data":"x"}\n{"data":"\xff"}\n', LINES), 400, "line 2: ")
    refused(t.post("", LINES), 400)
    t.publish("end")
    stream.expect("data: end")


@case("8", "line ends may be CRLF, and the last line may have one or not", args=CHANNELS, original=OURS)
def ends_of_lines(t):
    stream = t.sub()
    for body in ('{"data":"1"}\n{"data":"2"}', '{"data":"1"}\n{"data":"2"}\n', '{"data":"1"}\r\n{"data":"2"}\r\n'):
        eq(len(lines_of(t.post(body, LINES))), 2, "lines of the response")
        stream.expect("data: 1", "data: 2")
    eq(len(lines_of(t.post('{"data":"1"}', "Application/X-NDJSON; charset=utf-8"))), 1, "lines of the response")


@case("8", "the body limit is that of the request, and beyond 10,000 lines it is a 413",
      args=[*CHANNELS, "--max-body-size", "200000"], original=OURS)
def limits_of_many(t):
    stream = t.sub()
    eq(len(lines_of(t.post('{"data":"x"}\n' * 10000, LINES))), 10000, "lines of the response")
    refused(t.post('{"data":"x"}\n' * 10001, LINES), 413, "10001")
    eq(t.post('{"data":"x"}\n' * 20000, LINES).status, 413, "status of a large body")
    t.publish("end")
    while stream.block() != "data: end":
        pass


@case("8", "the messages of one request stand together in the order of their channel", args=[*CHANNELS, "--capacity", "10000"],
      original=OURS)
def many_stand_together(t):
    stream = t.sub("/sse/a,b")
    threads = [threading.Thread(target=lambda n=n: [
        lines_of(post_lines(t, [{"data": f"{n} {r} {i}", "channel": "ab"[i % 2]} for i in range(40)])) for r in range(5)])
        for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    got = [text.split() for text in data(stream, 6 * 5 * 40)]
    for name in (0, 1):
        of_channel = [g for g in got if int(g[2]) % 2 == name]
        for first in range(0, len(of_channel), 20):
            run = of_channel[first:first + 20]
            eq(run, [[*run[0][:2], str(i)] for i in range(name, 40, 2)], "messages of one request")


@case("8", "the publish hook runs for each message, and the response has the error of a rejected one", args=CHANNELS, original=OURS,
      script=EMIT + """
function publish(pub)
  emit("call", {data = pub.msg.data})
  if pub.msg.data == "2" then return nil end
  if pub.msg.data == "3" then return nil, {status = 401, error = "log in"} end
  if pub.msg.data == "4" then pub.msg.data = "four" end
  return pub
end
""")
def hook_of_many(t):
    stream = t.sub()
    responses = lines_of(post_lines(t, [{"data": str(i)} for i in range(1, 6)]))
    eq(responses[1:3], [{"error": "message rejected by script"}, {"error": "log in"}], "refused ones")
    eq([response.get("subscribers") for response in responses], [1, None, None, 1, 1], "subscribers")
    eq([call["data"] for call in t.emitted("call", 5)], ["1", "2", "3", "4", "5"], "calls")
    stream.expect("data: 1", "data: four", "data: 5")


@case("8", "a hook that fails for one has the error of a single one in its line, and the others are published", original=OURS,
      args=CHANNELS, script="function publish(pub) if pub.msg.data == '2' then error('secret') end return pub end")
def failing_hook_of_many(t):
    stream = t.sub()
    responses = lines_of(post_lines(t, [{"data": str(i)} for i in range(1, 4)]))
    eq(responses[1], t.post_json({"data": "2"}).json(), "the line of the failed one")
    stream.expect("data: 1", "data: 3")


@case("8", "without --channels and --history the type is a 415 as before", original=OURS)
def many_without_flags(t):
    response = post_lines(t, [{"data": "x"}])
    eq((response.status, response.body), (415, b'{"error":"unsupported media type \\"application/x-ndjson\\""}'), "response")


@case("8", "also with --history alone, where a field channel means nothing", args=["--history", "10"], original=OURS)
def many_with_history_alone(t):
    stream = t.sub()
    responses = lines_of(post_lines(t, [{"data": "1"}, {"data": "2", "channel": "a..b"}]))
    for i, response in enumerate(responses):
        stream.expect(f"id: {response['id']}\ndata: {i + 1}")
