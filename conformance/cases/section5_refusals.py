"""Section 5: how `publish` and `subscribe` say with which status, error and headers they refuse."""

from blackbox.fixtures import error_text
from conform import case, eq

REFUSALS = """
local refusals = {
  all = {status = 401, error = "log in first", headers = {["WWW-Authenticate"] = "Bearer", ["Retry-After"] = 30}},
  gone = {status = 204, headers = {["X-Why"] = "gone"}},
  status = {status = 503},
  error = {error = 'say "please"'},
  headers = {headers = {Vary = "Authorization"}},
  empty = {},
  text = "text", number = 42,
  bad_status = {status = 200}, no_status = {status = "401"},
  split = {headers = {["X-Name"] = "a\\r\\nX-Forged: b"}}, split_name = {headers = {["X-A: 1\\r\\nX-Forged"] = "b"}},
  length = {headers = {["Content-Length"] = "5"}}, chunked = {headers = {["transfer-encoding"] = "chunked"}},
  close = {headers = {Connection = "close"}}, huge = {headers = {["X-Huge"] = ("v"):rep(1000000)}},
}
local function decide(what, object)
  if refusals[what] then return nil, refusals[what] end
  return object
end
function publish(pub) return decide(pub.msg.data, pub) end
function subscribe(sub) return decide(sub.req.query, sub) end
"""


def refused(t, what, headers=()):
    """Responses to a publisher and a subscriber."""
    return (t.post_json({"data": what}, headers=headers),
            t.request("GET", "/sse?" + what, headers=[("Accept", "text/event-stream"), *headers]))


@case("5", "publish and subscribe say with which status, error and headers they refuse", script=REFUSALS,
      original="differs: ignores it")
def refusal_as_told(t):
    for response in refused(t, "all"):
        eq((response.status, error_text(response)), (401, "log in first"), "response")
        eq((response.get("WWW-Authenticate"), response.get("Retry-After")), ("Bearer", "30"), "headers")
        eq(response.get("Content-Type"), "application/json", "Content-Type")
        eq(response.get("Access-Control-Allow-Origin"), "*", "CORS header")


@case("5", "what a refusal leaves out is as ever: status 403 and the server's own words", script=REFUSALS,
      original="differs: ignores it")
def refusal_defaults(t):
    words = ("message rejected by script", "subscribe rejected by script")
    for what, status, error in (("status", 503, None), ("error", 403, 'say "please"'), ("headers", 403, None)):
        for response, own in zip(refused(t, what), words):
            eq((response.status, error_text(response)), (status, error or own), f"at {what}")


@case("5", "a second result that is no table of a refusal is ignored", script=REFUSALS)
def refusal_ignored(t):
    for what in ("text", "number", "empty"):
        for response, own in zip(refused(t, what), ("message rejected by script", "subscribe rejected by script")):
            eq((response.status, error_text(response)), (403, own), f"at {what}")
    eq(t.publish("fine")["queued"], 0, "queued")


@case("5", "a refusal with 204 has no body, and the connection stays open", script=REFUSALS, original="differs: ignores it")
def refusal_without_body(t):
    connection = t.connect()
    for _ in range(2):
        connection.send(b"GET /sse?gone HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n")
        head = connection.response(t.patience)
        eq((head.status, head.get("X-Why")), (204, "gone"), "response")
        eq((head.get("Transfer-Encoding"), head.get("Content-Type")), (None, None), "headers of a body")
        eq(head.get("Content-Length", "0"), "0", "length")


@case("5", "a refusal adds to Vary instead of replacing what CORS says", script=REFUSALS, original="differs: ignores it",
      args=["--cors-allow-origin", "https://a.example, https://b.example"])
def refusal_vary(t):
    for response in refused(t, "headers", [("Origin", "https://a.example")]):
        eq(sorted(response.items("Vary")), ["authorization", "origin"], "Vary")


@case("5", "a refusal with a status or header that cannot be sent is a 500, which is logged", script=REFUSALS,
      original="differs: ignores it")
def refusal_that_cannot_be_sent(t):
    for what in ("bad_status", "no_status", "split", "split_name", "length", "chunked", "close", "huge"):
        for response, hook in zip(refused(t, what), ("publish", "subscribe")):
            eq((response.status, error_text(response)), (500, hook + " hook failed"), f"at {what}")
            eq(response.get("X-Forged"), None, "forged header")
    for problem in ("status must be 204 or 400 to 599: status=200", "status must be a whole number",
                    "header is set by the server alone: header=Content-Length", "must be printable ASCII: header=X-Name",
                    "headers must have at most 8192 characters together"):
        t.log(r" ERROR .*(publish|subscribe) refuses in a way that cannot be sent: .*" + problem)
