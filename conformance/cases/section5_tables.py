"""Section 5.1: the tables that hooks get and give."""

from blackbox.fixtures import SHOW_CLI
from conform import EMIT, case, eq, request_bytes


@case("5.1", "startup gets the options, times in milliseconds", start=False)
def cli_table(t):
    t.write("www/x", "x")
    t.start(["--keep-alive", "1500ms", "--timeout", "2m", "--timeout-retry", "3s", "--capacity", "8", "--script-data",
             "a b",
             "--script-tick", "750ms", "--keep-alive-text", "alive", "--serve-static-dir", t.path("www"),
             "--serve-static-path", "/web", "--log-level", "WARN", "--pub-path", "/p", "--sub-path", "/s"],
             script=SHOW_CLI)
    eq(t.emitted("cli")[0]["cli"], {
        "listen": f"127.0.0.1:{t.port}", "log_level": "WARN", "keep_alive": 1500, "keep_alive_text": "alive",
        "timeout": 120000, "timeout_retry": 3000, "capacity": 8, "script": t.path("hooks.lua"), "script_tick": 750,
        "script_data": "a b", "unsafe_script": False, "pub_path": "/p", "sub_path": "/s",
        "serve_static_dir": t.path("www"), "serve_static_path": "/web"}, "cli")


@case("5.1", "req has method, uri, path, raw query, the client's address and its headers in lower case",
      script=EMIT + """
function publish(pub) emit("publish", {req = pub.req}) return pub end
function subscribe(sub) emit("subscribe", {req = sub.req}) return sub end""")
def req_table(t):
    connection = t.connect()
    connection.send(request_bytes("GET", "/sse?a=%20b&c", {"X-Mixed-Case": "Some Value",
                                                           "Accept": "text/event-stream"}, close=False))
    connection.head(t.patience)
    ip, port = connection.address
    req = t.emitted("subscribe")[0]["req"]
    eq(req["headers"].get("x-mixed-case"), "Some Value", "header")
    eq(req["headers"].get("host"), "127.0.0.1", "host")
    eq({k: v for k, v in req.items() if k != "headers"},
       {"method": "GET", "uri": "/sse?a=%20b&c", "path": "/sse", "query": "a=%20b&c",
        "addr": {"ip": ip, "port": port}}, "req")
    t.publish("x")
    req = t.emitted("publish")[0]["req"]
    eq((req["method"], req["uri"], req["path"], req["query"]), ("POST", "/sse", "/sse", ""), "req of the publisher")
    eq(req["headers"].get("content-type"), "application/json", "content type")


@case("5.1", "msg has the fields as published, comment as an array, absent ones nil", script=EMIT + """
function publish(pub) emit("publish", {msg = pub.msg, data_type = type(pub.msg.data)}) return pub end""")
def msg_table(t):
    t.publish("d", id="i", event="e", comment=["c1", "c2"])
    t.post_form([("comment", "only")])
    calls = t.emitted("publish", 2)
    eq(calls[0]["msg"], {"id": "i", "event": "e", "data": "d", "comment": ["c1", "c2"]}, "msg")
    eq(calls[1]["msg"], {"comment": ["only"]}, "msg with a comment only")
    eq(calls[1]["data_type"], "nil", "type of an absent field")


@case("5.1", "what subscribe sets on sub is there in every later hook of that stream", args=["--timeout", "700ms"],
      script=EMIT + """
local n = 0
function subscribe(sub) n = n + 1 sub.number = n sub.box = {deep = {"x", n}} return sub end
local function show(kind, sub)
  emit(kind, {number = sub.number, deep = sub.box and sub.box.deep[2], path = sub.req.path})
end
function catchup(sub, id) show("catchup", sub) end
function message(pub, sub) show("message", sub) return pub end
function timeout(sub, ms) show("timeout", sub) end
function unsubscribe(sub) show("unsubscribe", sub) end""")
def sub_keys_stay(t):
    streams = [t.sub(), t.sub()]
    t.publish("x")
    for stream in streams:
        stream.to_end()
    for kind in ("catchup", "message", "timeout", "unsubscribe"):
        calls = t.emitted(kind, 2)
        eq(sorted((c["number"], c["deep"], c["path"]) for c in calls), [(1, 1, "/sse"), (2, 2, "/sse")], kind)


@case("5.1", "what publish sets on pub is there in message", script=EMIT + """
function publish(pub) pub.tags = {"a", "b", {c = pub.msg.data}} pub.flag = true return pub end
function message(pub, sub)
  pub.msg.data = pub.tags[1] .. pub.tags[2] .. pub.tags[3].c .. tostring(pub.flag) .. pub.req.method
  return pub
end""")
def pub_keys_stay(t):
    streams = [t.sub(), t.sub()]
    t.publish("X")
    t.publish("Y")
    for stream in streams:
        stream.expect("data: abXtruePOST", "data: abYtruePOST")


@case("5.1", "what message changes on pub or sub is seen for that one delivery only", script=EMIT + """
function publish(pub) pub.box = {n = 0} return pub end
function subscribe(sub) sub.box = {n = 0} return sub end
function message(pub, sub)
  local seen = tostring(pub.mark) .. pub.box.n .. tostring(sub.mark) .. sub.box.n
  pub.mark, sub.mark = "p", "s"
  pub.box.n, sub.box.n = pub.box.n + 1, sub.box.n + 1
  pub.msg.data = pub.msg.data .. " " .. seen
  return pub
end""")
def message_changes_stay_local(t):
    streams = [t.sub() for _ in range(3)]
    for text in ("a", "b"):
        t.publish(text)
    for stream in streams:
        stream.expect("data: a nil0nil0", "data: b nil0nil0")


@case("5.1", "changes to req are dropped", original="differs: keeps changes to the known keys of req", script=EMIT + """
function subscribe(sub) sub.req.path = "/elsewhere" sub.req.headers["x-new"] = "1" return sub end
function catchup(sub) emit("catchup", {path = sub.req.path, new = sub.req.headers["x-new"]}) end""")
def sub_req_changes_are_dropped(t):
    t.sub()
    call = t.emitted("catchup")[0]
    eq((call.get("path"), call.get("new")), ("/sse", None), "req in catchup")


@case("5.1", "a message whose id a hook gave a line break is not delivered, is logged, and is queued for nobody",
      script="function publish(pub) if pub.msg.data == 'bad' then pub.msg.id = 'a\\nb' end return pub end",
      original="differs: counts every stream")
def bad_id_of_a_hook(t):
    stream = t.sub()
    eq(t.publish("bad"), {"queued": 0, "subscribers": 0}, "response")
    t.log(r"publish: message is not delivered: .*id")
    t.publish("good")
    stream.expect("data: good")
