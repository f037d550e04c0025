"""Section 7.5: what scripts see of channels, what they say about them, and the package tinysse."""

from blackbox.channels import CHANNELS, OURS, data
from blackbox.fixtures import SHOW_CLI, error_text
from conform import EMIT, case, eq, matches, ok

SHOW = EMIT + """
function publish(pub) emit("publish", {channel = pub.channel}) return pub end
function subscribe(sub) emit("subscribe", {channels = sub.channels, kind = "subscribe"}) return sub end
"""


@case("7.5", "pub.channel and sub.channels are those of the request, in its order", args=CHANNELS, script=SHOW,
      original=OURS)
def asked_for(t):
    t.sub("/sse/b,a.*?channel=c&channel=b")
    t.sub()
    t.publish("x", path="/sse/b")
    t.publish("x")
    t.publish("x", channel="d")
    eq([call["channels"] for call in t.emitted("subscribe", 2)], [["b", "a.*", "c"], ["default"]], "sub.channels")
    eq([call["channel"] for call in t.emitted("publish", 3)], ["b", "default", "d"], "pub.channel")


@case("7.5", "cli.channels is true with --channels, and not there without", start=False, original=OURS)
def cli_channels(t):
    for args, shown in ((CHANNELS, True), ([], None)):
        t.start(args, script=SHOW_CLI)
        eq(t.emitted("cli")[-1]["cli"].get("channels"), shown, f"cli.channels with {args}")


PUBLISH = """
function publish(pub)
  local data = pub.msg.data
  if data == "move" then pub.channel = "b" elseif data == "absent" then pub.channel = nil
  elseif data == "own" then return {req = pub.req, msg = {data = "own"}, channel = "b"}
  elseif data == "blank" then pub.channel = "a b" elseif data == "pattern" then pub.channel = "a.*"
  elseif data == "empty" then pub.channel = "" elseif data == "table" then pub.channel = {"a"}
  elseif data == "long" then pub.channel = ("x"):rep(129) end
  return pub
end"""


@case("7.5", "another pub.channel sends the message there, none to default", args=CHANNELS, script=PUBLISH, original=OURS)
def publish_elsewhere(t):
    a, b, default = t.sub("/sse/a"), t.sub("/sse/b"), t.sub()
    for text in ("stay", "move", "own", "absent"):
        eq(t.publish(text, path="/sse/a")["subscribers"], 1, f"subscribers of {text}")
    for stream, texts in ((a, ["stay"]), (b, ["move", "own"]), (default, ["absent"])):
        eq(data(stream, len(texts)), texts, "messages")


@case("7.5", "a pub.channel that is no name is a 500, and logged with the value", args=CHANNELS, script=PUBLISH, original=OURS)
def publish_to_no_name(t):
    stream = t.sub("/sse/**")
    for text, named in (("blank", '"a b"'), ("pattern", r'"a\.\*"'), ("empty", '""'), ("table", "a table"),
                        ("long", '"x{129}"')):
        eq(t.post_json({"data": text}).status, 500, f"status of {text}")
        t.log(r"ERROR .*hooks\.lua:2: publish set channel to " + named + ", expected a name")
    t.publish("fine")
    eq(data(stream, 1), ["fine"], "message")


SUBSCRIBE = EMIT + """
local sets = {
  narrow = {"a"}, widen = {"a", "x.*"}, set = {a = true, ["x.*"] = true, b = false}, none = {}, twice = {"a", "a"},
  blank = {"a b"}, deep = {"**.a"}, text = "a", number = {1}, count = {a = 1},
}
function subscribe(sub)
  local query = sub.req.query
  if query == "absent" then sub.channels = nil elseif query ~= "asked" then sub.channels = sets[query] end
  return sub
end
function catchup(sub) emit("catchup", {query = sub.req.query, channels = sub.channels}) end
"""


@case("7.5", "sub.channels may be narrowed, widened, a set, empty or absent, which is default", args=CHANNELS, script=SUBSCRIBE,
      original=OURS)
def subscribe_to_others(t):
    gets = {"asked": "ab", "narrow": "a", "widen": "ax", "set": "ax", "none": "", "twice": "a", "absent": "d"}
    streams = {query: t.sub("/sse/a,b?" + query) for query in gets}
    for path, text in (("/a", "a"), ("/b", "b"), ("/x.y", "x"), ("", "d")):
        expected = sum(text in texts for texts in gets.values())
        eq(t.publish(text, path="/sse" + path)["subscribers"], expected, f"subscribers of {text}")
    for query, texts in gets.items():
        eq(data(streams[query], len(texts)), list(texts), f"what {query} gets")
    ok(not streams["none"].ended, "the stream without channels has ended")


@case("7.5", "later hooks see sub.channels as it was handed back, a set as a set", args=CHANNELS, script=SUBSCRIBE, original=OURS)
def channels_as_handed_back(t):
    for count, query in enumerate(("asked", "set", "twice", "widen"), 1):
        t.sub("/sse/a,b?" + query)
        calls = t.emitted("catchup", count)  # which comes after what the client sees first
    eq([call["channels"] for call in calls],
       [["a", "b"], {"a": True, "x.*": True, "b": False}, ["a", "a"], ["a", "x.*"]], "sub.channels in catchup")


@case("7.5", "a sub.channels with what is neither name nor pattern is a 500, and logged with the value", args=CHANNELS,
      script=SUBSCRIBE, original=OURS)
def subscribe_to_no_name(t):
    for query, logged in (("blank", 'put "a b" into channels'), ("deep", r'put "\*\*\.a" into channels'),
                          ("text", 'set channels to "a"'), ("number", "put a number into channels"),
                          ("count", r'set channels\["a"\] to a number')):
        response = t.get("/sse?" + query)
        eq((response.status, error_text(response)), (500, "subscribe hook failed"), f"response to {query}")
        t.log(r"ERROR .*hooks\.lua:6: subscribe " + logged)


@case("7.5", "message, catchup, timeout and unsubscribe see the channels, and changes there mean nothing",
      args=CHANNELS + ["--timeout", "1500ms"], script=EMIT + """
local function see(hook, sub, pub)
  emit(hook, {channels = table.concat(sub.channels, ","), channel = pub and pub.channel})
  sub.channels = {"b"}
  if pub then pub.channel = "b" end
end
function message(pub, sub) see("message", sub, pub) return pub end
function catchup(sub) see("catchup", sub) end
function timeout(sub) see("timeout", sub) return 5000 end
function unsubscribe(sub) see("unsubscribe", sub) end""", original=OURS)
def later_hooks(t):
    a, b = t.sub("/sse/a,a.*"), t.sub("/sse/b")
    for _ in range(2):
        t.publish("x", path="/sse/a")
    eq(data(a, 2), ["x", "x"], "messages of a")
    t.publish("y", path="/sse/b")
    eq(data(b, 1), ["y"], "messages of b")
    seen = [call for hook in ("catchup", "message", "timeout", "unsubscribe") for call in t.emitted(hook, 3 if hook == "message" else 2)]
    eq([call["channel"] for call in seen if call["kind"] == "message"], ["a", "a", "b"], "pub.channel in message")
    eq({call["channels"] for call in seen}, {"a,a.*", "b"}, "sub.channels")


@case("7.5", "without --channels both are keys like any other", script=EMIT + """
function publish(pub) emit("was", {channel = pub.channel}) pub.channel = {"a b"} return pub end
function subscribe(sub) emit("was", {channels = sub.channels}) sub.channels = 5 return sub end
function message(pub, sub) pub.msg.data = pub.channel[1] .. sub.channels return pub end""")
def keys_without_the_flag(t):
    stream = t.sub()
    eq(t.publish("x")["subscribers"], 1, "subscribers")
    stream.expect("data: a b5")
    eq([sorted(call) for call in t.emitted("was", 2)], [["kind"], ["kind"]], "what was there")


# Runs what is posted as Lua, with `tinysse` and `emit`; what it returns becomes the data.
RUN = EMIT + """
tinysse = require "tinysse"
function run(text)
  local chunk = assert(load("local tinysse = require 'tinysse' return " .. text))
  local ok, result = pcall(chunk)
  return ok and result or tostring(result)
end
function publish(pub)
  if pub.msg.event ~= "run" then return pub end
  emit("ran", {result = run(pub.msg.data)})
  return nil
end
function subscribe(sub) sub.name = sub.req.query return sub end
function unsubscribe(sub) emit("gone", {name = sub.name}) end
"""


def run(t, text):
    """The result of a piece of Lua, within `publish`."""
    before = len(t.emitted_now("ran"))
    eq(t.post_json({"event": "run", "data": text}).status, 403, "status")
    return t.emitted("ran", before + 1)[before].get("result")


@case("7.5", "tinysse.publish publishes without the publish hook, and returns the fields of a 202", args=CHANNELS, script=RUN,
      original=OURS)
def package_publish(t):
    a, default = t.sub("/sse/a"), t.sub()
    eq(run(t, 'tinysse.publish({id = 7, event = "run", data = "1", comment = {"c"}}, "a")'), {"queued": 1, "subscribers": 1},
       "result")
    a.expect("id: 7\nevent: run\ndata: 1\n: c")
    eq(run(t, 'tinysse.publish {data = "to all"}')["subscribers"], 1, "subscribers of default")
    default.expect("data: to all")
    eq(run(t, 'tinysse.publish({data = "x"}, "nobody")'), {"queued": 0, "subscribers": 0}, "without streams")


@case("7.5", "tinysse.publish within the hooks publish, message, catchup and tick blocks nobody", args=CHANNELS + ["--script-tick", "100ms"],
      script="""
local tinysse = require "tinysse"
local function tell(text) tinysse.publish({data = text}, "log") end
function publish(pub) tell("publish " .. pub.msg.data) return pub end
function message(pub, sub) if pub.channel == "a" then tell("message") end return pub end
function catchup(sub) if sub.channels[1] == "a" then tell("catchup") end end
function tick(count) tinysse.publish({data = count}, "ticks") end""", original=OURS)
def package_publish_everywhere(t):
    log, a = t.sub("/sse/log"), t.sub("/sse/a")
    for i in range(5):
        t.publish(str(i), path="/sse/a")
    eq(data(a, 5), [str(i) for i in range(5)], "messages")
    eq(sorted(data(log, 11)), sorted(["catchup"] + ["message"] * 5 + [f"publish {i}" for i in range(5)]), "hook calls")
    eq(len(data(t.sub("/sse/ticks"), 2)), 2, "ticks")


@case("7.5", "tinysse.publish is an error for what would be a 400", args=CHANNELS, script=RUN, original=OURS)
def package_publish_errors(t):
    stream = t.sub("/sse/**")
    for arguments, message in (("", "Tinysse.publish"), ("{}", "must have id, event, data or comment"),
                               (r'{id = "a\nb", data = "x"}', "id must not contain a line break"),
                               ("{data = {}}", "data is invalid"), ("{comment = 'x'}", "comment is invalid"),
                               ("{data = 'x'}, 'a b'", 'expected a name: "a b"'), ("{data = 'x'}, 'a.*'", r'expected a name: "a\.\*"'),
                               ("{data = 'x'}, {}", "Tinysse.publish")):
        matches(message, run(t, f"tinysse.publish({arguments})"), f"error at {arguments}")
    t.publish("end")
    stream.expect("data: end")


@case("7.5", "tinysse.subscribers counts whom a message would be for, or all streams; tinysse.channels lists by name",
      args=CHANNELS, script=RUN, original=OURS)
def package_counts(t):
    eq(run(t, "tinysse.subscribers()"), 0, "all streams")
    eq(run(t, "#tinysse.channels()"), 0, "channels")
    streams = [t.sub(path) for path in ("/sse/b", "/sse/a,b", "/sse/a.*", "/sse/**", "/sse")]
    for call, number in (("", 5), ("'b'", 3), ("'a'", 2), ("'a.x'", 2), ("'default'", 2), ("'nobody'", 1), ("nil", 5)):
        eq(run(t, f"tinysse.subscribers({call})"), number, f"subscribers({call})")
    named = [{"name": "a", "subscribers": 2}, {"name": "b", "subscribers": 3}, {"name": "default", "subscribers": 2}]
    eq(run(t, "tinysse.channels()"), named, "channels")
    eq(run(t, "tinysse.channels('b')"), named[1:2], "channels with a prefix")
    streams[0].leave()
    t.wait(lambda: run(t, "tinysse.subscribers('b')") == 2, "the stream that left is not counted")


@case("7.5", "tinysse.channels lists 1000 at most", args=CHANNELS, script=RUN, original=OURS)
def package_channels_bounded(t):
    for i in range(9):
        t.sub("/sse/" + ",".join(f"{i}.{j:03}" for j in range(120)))
    eq(run(t, "#tinysse.channels()"), 1000, "channels")
    eq(run(t, "tinysse.channels()[1].name .. ' ' .. tinysse.channels('8.')[120].name"), "0.000 8.119", "first and last")


@case("7.5", "tinysse.history is empty without history", args=CHANNELS, script=RUN, original=OURS)
def package_history_without(t):
    t.publish("x", path="/sse/a")
    eq(run(t, "#tinysse.history('a')"), 0, "messages")


@case("7.5", "tinysse.disconnect ends the streams for which its function is true, with a retry: and their unsubscribe",
      args=CHANNELS, script=RUN, original=OURS)
def package_disconnect(t):
    streams = {name: t.sub("/sse/a?" + name) for name in ("anna", "bob", "carl")}
    eq(run(t, "tinysse.disconnect(function(sub) return sub.name == 'bob' and sub.channels[1] == 'a' end)"), 1, "streams ended")
    matches(r"(?m)^retry: ?\d+$", streams["bob"].to_end(), "end of the stream")
    eq(t.emitted("gone")[0]["name"], "bob", "whose unsubscribe ran")
    t.publish("x", path="/sse/a")
    for name in ("anna", "carl"):
        eq(data(streams[name], 1), ["x"], f"what {name} gets")
    matches("no anna|no carl", run(t, "tinysse.disconnect(function(sub) error('no ' .. sub.name) end)"), "error of the function")
    eq(run(t, "tinysse.disconnect(function() return true end)"), 2, "all streams")
    t.emitted("gone", 3)


@case("7.5", "tinysse.disconnect works in message, also for the stream whose message it is", args=CHANNELS, script=EMIT + """
local tinysse = require "tinysse"
function message(pub, sub)
  if pub.msg.data == "out" then emit("ended", {count = tinysse.disconnect(function(s) return s.req.query == "me" end)}) end
  return pub
end
function unsubscribe(sub) emit("gone") end""", original=OURS)
def package_disconnect_in_message(t):
    t.sub("/sse/a?me")
    other = t.sub("/sse/b")
    t.publish("out", path="/sse/a")
    eq(t.emitted("ended")[0]["count"], 1, "streams ended")
    t.emitted("gone")
    t.publish("x", path="/sse/b")
    eq(data(other, 1), ["x"], "what the other stream gets")


@case("7.5", "the functions are an error at the top level of a script, and work from startup on", start=False, original=OURS)
def package_top_level(t):
    server, status = t.run_to_exit(["--script", t.write("top.lua", "require('tinysse').publish {data = 'x'}")])
    eq(status, 1, "exit status")
    matches(r"top\.lua:1: this works from startup on, and not at the top level", "\n".join(server.output()), "output")
    t.start(script=EMIT + "function startup() emit('count', {n = require('tinysse').subscribers()}) end")
    eq(t.emitted("count")[0]["n"], 0, "streams")


@case("7.5", "without --channels the package knows the channel default alone", script=RUN, original=OURS)
def package_without_channels(t):
    stream = t.sub()
    eq(run(t, 'tinysse.publish {data = "x"}'), {"queued": 1, "subscribers": 1}, "result")
    stream.expect("data: x")
    eq(run(t, "tinysse.channels()"), [{"name": "default", "subscribers": 1}], "channels")
    eq([run(t, f"tinysse.subscribers({name})") for name in ("", "'default'", "'a'")], [1, 1, 0], "subscribers")
    matches("channel=a", run(t, "tinysse.publish({data = 'x'}, 'a')"), "error")
