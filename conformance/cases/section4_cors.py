"""Section 4: cross-origin requests."""

from blackbox.fixtures import SITE, STATIC
from conform import case, eq, ok, one_of


@case("4", "by default every origin is allowed, on every kind of response", args=STATIC, files=SITE)
def cors_default(t):
    origin = {"Origin": "http://any.example"}
    responses = {"202": t.post_json({"data": "x"}, headers=origin), "400": t.post("{", headers=origin),
               "415": t.post("x", "text/plain", headers=origin), "404": t.get("/none", origin),
               "405": t.request("PUT", "/sse", origin), "file": t.get("/a.txt", origin),
               "HEAD": t.request("HEAD", "/sse", origin), "stream": t.open_stream(headers=origin).head}
    for what, response in responses.items():
        eq(response.get("access-control-allow-origin"), "*", f"allow-origin on {what}")
        eq(response.get("access-control-allow-credentials"), None, f"allow-credentials on {what}")


@case("4", "a preflight gets the configured methods, headers and age",
      args=["--cors-allow-methods", "GET, POST", "--cors-allow-headers", "Cookie, X-Token", "--cors-max-age", "1h"])
def cors_preflight(t):
    for path in ("/sse", "/none"):
        response = t.request("OPTIONS", path, {"Origin": "http://a.example", "Access-Control-Request-Method": "POST",
                                             "Access-Control-Request-Headers": "x-token"})
        one_of(response.status, (200, 204), f"status of the preflight for {path}")
        eq(response.get("access-control-allow-origin"), "*", "allow-origin")
        eq(sorted(response.items("access-control-allow-methods")), ["get", "post"], "allow-methods")
        eq(sorted(response.items("access-control-allow-headers")), ["cookie", "x-token"], "allow-headers")
        eq(response.get("access-control-max-age"), "3600", "max-age")


@case("4", "the default preflight allows GET, HEAD, POST and every header")
def cors_preflight_default(t):
    response = t.request("OPTIONS", "/sse", {"Origin": "http://a.example", "Access-Control-Request-Method": "POST",
                                           "Access-Control-Request-Headers": "content-type"})
    one_of(response.status, (200, 204), "status")
    t.note_response("preflight", response)
    eq(sorted(response.items("access-control-allow-methods")), ["get", "head", "post"], "allow-methods")
    eq(response.items("access-control-allow-headers"), ["*"], "allow-headers")
    one_of(response.get("access-control-max-age"), (None, "0"), "max-age")


@case("4", "several origins are matched exactly and echoed with Vary: Origin",
      args=["--cors-allow-origin", "http://a.example, https://b.example:8443"])
def cors_origins(t):
    for origin, want in (("http://a.example", True), ("https://b.example:8443", True), ("http://c.example", False),
                         ("https://a.example", False), ("http://a.example.evil", False), ("http://a.example:80", False),
                         ("null", False)):
        for what, response in (("stream", t.open_stream(headers={"Origin": origin}).head),
                             ("publish", t.post_json({"data": "x"}, headers={"Origin": origin})),
                             ("preflight", t.request("OPTIONS", "/sse", {"Origin": origin,
                                                                         "Access-Control-Request-Method": "POST"}))):
            eq(response.get("access-control-allow-origin"), origin if want else None,
               f"allow-origin for {origin} on {what}")
            ok("origin" in response.items("vary"), f"Vary on {what} for {origin}: {response.all('vary')}")


@case("4", "a response that refuses has the CORS headers too", args=["--max-body-size", "50"])
def cors_on_refusals(t):
    origin = {"Origin": "http://any.example"}
    big = b'{"data":"' + b"x" * 60 + b'"}'
    for what, response, status in (("413", t.post(big, headers=origin), 413),
                                 ("400", t.post("{}", None, headers=origin), 400),
                                 ("twice", t.get("/sse?last_event_id=1&last_event_id=2", origin), 400)):
        eq((response.status, response.get("access-control-allow-origin")), (status, "*"), f"response {what}")


@case("4", "with credentials the origin is echoed and the header says true",
      args=["--cors-allow-origin", "http://a.example", "--cors-allow-methods", "GET, POST",
            "--cors-allow-headers", "X-One", "--cors-allow-credentials"])
def cors_credentials(t):
    origin = {"Origin": "http://a.example"}
    for what, response in (("stream", t.open_stream(headers=origin).head),
                         ("publish", t.post_json({"data": "x"}, headers=origin)),
                         ("404", t.get("/none", origin))):
        eq(response.get("access-control-allow-origin"), "http://a.example", f"allow-origin on {what}")
        eq(response.get("access-control-allow-credentials"), "true", f"allow-credentials on {what}")
