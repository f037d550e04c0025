"""Section 10: streams end with their tokens, hooks see the claims, and tokens are neither logged nor stored."""

import glob
import json
import os
import re
import time

from blackbox.channels import CHANNELS, OURS, refused
from blackbox.fixtures import FORM
from blackbox.tokens import FILES, KEY, api_key, bearer, token
from conform import EMIT, case, eq, matches, ok

TOKENS = CHANNELS + KEY
# claims as text, by name
CLAIMS = EMIT + """
local function claims(auth)
  if auth == nil then return "nil" end
  local names = {}
  for name, value in pairs(auth) do
    if type(value) == "table" then value = "{" .. table.concat(value, ",") .. "}" end
    if name ~= "exp" and name ~= "tinysse" then names[#names + 1] = name .. "=" .. tostring(value) end
  end
  table.sort(names)
  return table.concat(names, " ")
end
"""


def ends(stream, life, began):
    """The stream ends at its token's end, at most a tenth earlier, with expired and a retry."""
    text = stream.to_end(life + 10)
    matches(r": expired\nretry: \d+\n\n$", text, "end of the stream")
    ok(stream.clean, "the stream ended without the last chunk")
    age = time.monotonic() - began
    ok(0.85 * life < age < life + 6, f"end after {age:.2f} of {life} s")


@case("10", "a stream ends at its token's end with expired, a retry and its unsubscribe, and what is published goes on until then",
      args=TOKENS, files=FILES, script=EMIT + 'function unsubscribe(sub) emit("gone", {sub = sub.auth.sub}) end', original=OURS)
def expires(t):
    began = time.monotonic()
    stream = t.sub("/sse/news", bearer(token(subscribe=["news"], life=5)))
    other = t.sub("/sse/news", bearer(token(subscribe=["news"], life=3600)))
    t.post("data=x", FORM, path="/sse/news", headers=bearer(token(publish=["news"])))
    stream.expect("data: x")
    ends(stream, 5, began)
    eq(t.emitted("gone")[0]["sub"], "anna", "who is gone")
    t.post("data=y", FORM, path="/sse/news", headers=bearer(token(publish=["news"])))
    other.expect("data: x", "data: y")


@case("10", "a stream also ends then while the subscriber does not read, and while hooks wait", args=TOKENS, files=FILES,
      script=EMIT + """
function catchup(sub) if sub.auth.sub == "catchup" then require("sleep")(14000) end end
function message(pub, sub) if sub.auth.sub == "message" then require("sleep")(14000) end return pub end
function timeout(sub) if sub.auth.sub == "timeout" then require("sleep")(14000) end end
function unsubscribe(sub) emit("gone", {sub = sub.auth.sub}) end
""", original=OURS)
def expires_whatever_it_does(t):
    began = time.monotonic()
    mine = lambda sub: bearer(token(subscribe=["news"], sub=sub, life=5))
    catchup = t.sub("/sse/news", mine("catchup"))
    message = t.sub("/sse/news", mine("message"))
    stalled = t.sub("/sse/news", mine("stalled"), receive_buffer=2048)
    writer = bearer(token(publish=["news"]))
    for _ in range(200):
        t.post_json({"data": "x" * 60_000}, path="/sse/news", headers=writer)
    ends(catchup, 5, began)
    ends(message, 5, began)
    gone = t.wait(lambda: {e["sub"] for e in t.emitted_now("gone")} >= {"message", "stalled"}, "unsubscribe", 8)
    ok(gone, "unsubscribe")
    stalled.drain(3)
    ok(stalled.ended, "the stream that did not read is open")
    t.wait(lambda: "catchup" in {e["sub"] for e in t.emitted_now("gone")}, "unsubscribe behind catchup", 20)


@case("10", "the hooks see the claims: of a publish, and of the stream in all of its hooks", args=TOKENS + ["--timeout", "4s"],
      files=FILES, script=CLAIMS + """
function publish(pub) emit("publish", {auth = claims(pub.auth)}) return pub end
function subscribe(sub) emit("subscribe", {auth = claims(sub.auth)}) sub.auth = {sub = "mallory"} return sub end
function catchup(sub) emit("catchup", {auth = claims(sub.auth)}) end
function message(pub, sub) emit("message", {auth = claims(sub.auth)}) return pub end
function timeout(sub) emit("timeout", {auth = claims(sub.auth)}) end
function unsubscribe(sub) emit("unsubscribe", {auth = claims(sub.auth)}) end
""", original=OURS)
def hooks(t):
    stream = t.sub("/sse/news", bearer(token(subscribe=["news"], aud=["a", "b"], admin=True, level=3)))
    t.post("data=x", FORM, path="/sse/news", headers=bearer(token(publish=["news"], sub="bob", aud="a")))
    stream.expect("data: x")
    eq(t.emitted("publish")[0]["auth"], "aud=a sub=bob", "publish")
    for hook in ("subscribe", "catchup", "message", "timeout", "unsubscribe"):
        eq(t.emitted(hook, timeout=15)[0]["auth"], "admin=true aud={a,b} level=3 sub=anna", hook)


@case("10", "for an API key they see its name, without either nil", script=CLAIMS + """
function publish(pub) emit("publish", {auth = claims(pub.auth)}) return pub end
function subscribe(sub) emit("subscribe", {auth = claims(sub.auth)}) return sub end
""", args=CHANNELS + ["--api-keys", "@DIR@/keys", "--anonymous", "publish:open,subscribe:open"],
      files={"keys": api_key("app", "k1", "publish:news", "subscribe:news")}, original=OURS)
def hooks_of_api_keys(t):
    t.sub("/sse/news", bearer("k1")).leave()
    t.sub("/sse/open").leave()
    t.post("data=x", FORM, path="/sse/news", headers={"X-API-Key": "k1"})
    t.post("data=x", FORM, path="/sse/open")
    for hook in ("subscribe", "publish"):
        eq([e["auth"] for e in t.emitted(hook, 2)], ["sub=app", "nil"], hook)


@case("10", "hooks are asked after the rights, may refuse, and may allow more", args=TOKENS, files=FILES, script=EMIT + """
function publish(pub) emit("publish", {}) if pub.msg.data == "no" then return nil end pub.channel = "elsewhere" return pub end
function subscribe(sub) emit("subscribe", {}) sub.channels = {"elsewhere"} return sub end
""", original=OURS)
def last_word(t):
    refused(t.get("/sse/other", bearer(token(subscribe=["news"]))), 403)
    refused(t.post("data=x", FORM, path="/sse/other", headers=bearer(token(publish=["news"]))), 403)
    eq(t.emitted_now(), [], "hooks that were called")
    stream = t.sub("/sse/news", bearer(token(subscribe=["news"])))
    writer = bearer(token(publish=["news"]))
    eq(t.post("data=x", FORM, path="/sse/news", headers=writer).status, 202, "status")
    stream.expect("data: x")
    eq(t.post("data=no", FORM, path="/sse/news", headers=writer).status, 403, "status")


@case("10", "tokens, keys and cookies are in no log, no error and no file, and message hooks do not see them", start=False,
      original=OURS)
def secrets(t):
    key = "k" * 40 + "1"
    t.write("keys", api_key("app", key, "publish:**", "subscribe:**"))
    t.write("secret", FILES["secret"])
    script = """
function message(pub, sub)
  local all = {pub.req.uri, pub.req.query, sub.req.uri, sub.req.query}
  for name, value in pairs(pub.req.headers) do all[#all + 1] = name .. "=" .. value end
  pub.msg.data = table.concat(all, "\\n")
  return pub
end
"""
    t.start(TOKENS + ["--api-keys", "@DIR@/keys", "--auth-cookie", "session", "--auth-query", "t", "--history", "10",
                      "--data-dir", "@DIR@/data", "--log-level", "TRACE"], script=script)
    mine, bad = token(publish=["**"], subscribe=["**"]), token(secret=b"z" * 32)
    origin = {"Origin": "http://h.example", "Host": "h.example"}
    stream = t.sub(f"/sse/news?a=b&t={mine}&c=d", {"Cookie": "session=" + mine, **bearer(mine)})
    text = ""
    for path, headers in (("/sse/news?x=y", bearer(mine)), (f"/sse/news?t={mine}&x=y", {}), ("/sse/news", {"X-API-Key": key}),
                          ("/sse/news", {"Cookie": "session=" + mine, **origin}),
                          (f"/sse/news?%74={mine}", {})):
        eq(t.post("data=x", FORM, path=path, headers=headers).status, 202, f"status of {path[:14]}")
        text += stream.block()
    ok("a=b&c=d" in text and "x=y" in text, "the rest of the query")
    for headers in (bearer(bad), {"Cookie": "session=" + bad}, {"X-API-Key": bad}, {"Authorization": "Bearer " + bad + " x"}):
        text += t.get("/sse/news", headers).text
    text += t.get("/sse/news?t=" + bad).text + t.get("/sse/news?t=" + bad, bearer(mine)).text
    t.stop()
    everything = {"responses and events": text, "log": "\n".join(t.server.output())}
    for path in glob.glob(t.path("data") + "/**", recursive=True):
        if os.path.isfile(path):
            everything[path] = open(path, "rb").read().decode("latin-1")
    ok(len(everything) > 2, "no file of the history")
    for secret in (mine, bad, key, mine.split(".")[2], bad.split(".")[2]):
        for where, content in everything.items():
            ok(secret not in content, f"{secret[:12]}… is in {where}")


@case("10", "an address beyond loopback without keys and without a publish hook is one WARN; with keys there is none",
      start=False, original=OURS)
def warning(t):
    t.write("secret", FILES["secret"])
    for args, warns in (([], 1), (KEY, 0)):
        t.start(args, host="0.0.0.0")
        eq(t.get("/healthz").status, 200, "health")  # served behind the lines of the start
        eq(len([line for line in t.server.output() if re.search("WARN.*Publishing is unauthenticated", line)]), warns, f"warnings with {args}")
        t.stop()
