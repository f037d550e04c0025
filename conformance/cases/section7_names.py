"""Section 7: the names of channels, and where they are named."""

from blackbox.channels import CHANNELS, OURS, refused
from blackbox.fixtures import FORM, SITE
from conform import case, eq, matches, ok

GOOD = ["a", "Z9", "orders", "user.42.inbox", "_~@:+=-", "a.b.c.d.e.f", "x" * 128, "0", "-", "default", "a-b_c~d@e:f"]
BAD = ["", ".", ".a", "a.", "a..b", "a b", "a,b", "a/b", "ü", "a#b", "a?b", "a%b", "x" * 129, "a\tb", "a\0b", "(", "a;b"]
PATTERNS = ["*", "**", "a.*", "*.a", "a.**", "a.*.b", "*.*"]
NO_PATTERNS = ["a*", "*a", "**.a", "a.**.b", "***", "a.***", "a..*", "*."]


def encoded(name):
    return "".join(f"%{byte:02x}" for byte in name.encode())


@case("7", "a name is 1 to 128 of A-Z a-z 0-9 _ ~ @ : + = -, in segments between single dots", args=CHANNELS, original=OURS)
def names_taken(t):
    for name in GOOD:
        stream = t.sub("/sse/" + name)
        eq(t.publish("x", path="/sse/" + name)["subscribers"], 1, f"subscribers of {name!r}")
        stream.expect("data: x")
        stream.leave()


@case("7", "a name that is none is a 400 that names it, in the path, the query and the body", args=CHANNELS, original=OURS)
def names_refused(t):
    for name in BAD:
        shown = [] if not name or not name.isprintable() or len(name) > 128 else [name]
        query = "/sse?channel=" + encoded(name)
        if name and "," not in name:
            refused(t.get("/sse/" + encoded(name)), 400, *shown)
        if name:
            refused(t.post('{"data":"x"}', path="/sse/" + encoded(name)), 400, *shown)
        refused(t.get(query), 400, *shown)
        refused(t.post('{"data":"x"}', path=query), 400, *shown)
        refused(t.post_json({"data": "x", "channel": name}), 400, *shown)
        refused(t.post_form({"data": "x", "channel": name}), 400, *shown)


@case("7", "a request that names no channel means the channel default", args=CHANNELS, original=OURS)
def default_channel(t):
    plain, named = t.sub(), t.sub("/sse/default")
    eq(t.publish("1")["subscribers"], 2, "subscribers")
    eq(t.publish("2", path="/sse/default")["subscribers"], 2, "subscribers")
    for stream in (plain, named):
        stream.expect("data: 1", "data: 2")


@case("7", "in a pattern a segment * stands for exactly one, ** as the last one for one or more, ** alone for every channel",
      args=CHANNELS, original=OURS)
def patterns_match(t):
    names = ["default", "a", "b", "a.b", "a.c", "a.b.c", "b.a", "a.b.c.d"]
    matched = {"*": ["default", "a", "b"], "**": names, "a.*": ["a.b", "a.c"], "*.a": ["b.a"],
               "a.**": ["a.b", "a.c", "a.b.c", "a.b.c.d"], "a.*.c": ["a.b.c"], "*.*": ["a.b", "a.c", "b.a"]}
    streams = {pattern: t.sub("/sse/" + pattern) for pattern in matched}
    for name in names:
        t.publish(name, path="/sse/" + name)
    for pattern, stream in streams.items():
        eq([stream.block() for _ in matched[pattern]], ["data: " + name for name in matched[pattern]], pattern)
    t.publish("end", path="/sse/a.b.c")
    streams["*"].leave()
    streams["a.*.c"].expect("data: end")


@case("7", "a * within a segment, and a ** that is not the last, are a 400", args=CHANNELS, original=OURS)
def patterns_refused(t):
    for pattern in NO_PATTERNS:
        refused(t.get("/sse/" + pattern), 400, pattern)
        refused(t.get("/sse?channel=" + pattern), 400, pattern)


@case("7", "a pattern to publish to is a 400", args=CHANNELS, original=OURS)
def patterns_to_publish(t):
    for pattern in PATTERNS:
        refused(t.post('{"data":"x"}', path="/sse/" + pattern), 400, pattern)
        refused(t.post('{"data":"x"}', path="/sse?channel=" + pattern), 400, pattern)
        refused(t.post_json({"data": "x", "channel": pattern}), 400, pattern)
        refused(t.post_form({"data": "x", "channel": pattern}), 400, pattern)


@case("7", "a publisher names the channel in the path, in the query, or in the body", args=CHANNELS, original=OURS)
def where_publishers_name(t):
    stream = t.sub("/sse/orders")
    t.publish("path", path="/sse/orders")
    t.publish("query", path="/sse?channel=orders")
    t.publish("json", channel="orders")
    eq(t.post_form({"data": "form", "channel": "orders"}).status, 202, "status of the form")
    t.publish("all", path="/sse/orders?channel=orders&channel=orders", channel="orders")
    t.publish("null", path="/sse/orders", channel=None)
    stream.expect(*[f"data: {where}" for where in ("path", "query", "json", "form", "all", "null")])


@case("7", "two different names for one message are a 400 that names both", args=CHANNELS, original=OURS)
def two_names(t):
    for path, name in (("/sse/here?channel=there", None), ("/sse/here", "there"), ("/sse?channel=here", "there"),
                       ("/sse?channel=here&channel=there", None), ("/sse/here?channel=here", "there")):
        fields = {"data": "x"} if name is None else {"data": "x", "channel": name}
        refused(t.post_json(fields, path=path), 400, "here", "there")
        refused(t.post_form(fields, path=path), 400, "here", "there")


@case("7", "a channel of the wrong type, or a field channel twice, is a 400", args=CHANNELS, original=OURS)
def channel_of_wrong_type(t):
    for body in ('{"data":"x","channel":1}', '{"data":"x","channel":["a"]}', '{"data":"x","channel":true}',
                 '{"data":"x","channel":"a","channel":"a"}', '{"channel":"a"}'):
        refused(t.post(body), 400)
    refused(t.post("data=x&channel=a&channel=a", FORM), 400, "channel")
    refused(t.post("channel=a", FORM), 400)


@case("7", "a subscriber names channels in the path with commas, in the query, or both", args=CHANNELS, original=OURS)
def where_subscribers_name(t):
    streams = [t.sub(path) for path in ("/sse/a,b,c", "/sse?channel=a&channel=b&channel=c", "/sse/a,b?channel=c",
                                        "/sse/a?channel=b&channel=a&channel=c&other=d")]
    for name in ("a", "b", "d", "c", "default"):
        t.publish(name, path="/sse/" + name)
    t.publish("end", path="/sse/a")
    for stream in streams:
        stream.expect("data: a", "data: b", "data: c", "data: end")


@case("7", "at most 128 different channels are taken, 129 are a 400", args=CHANNELS, original=OURS)
def too_many_channels(t):
    names = [f"n{i}" for i in range(129)]
    stream = t.sub("/sse/" + ",".join(names[:128]) + "?" + "&".join(f"channel={name}" for name in names[:128]))
    t.publish("x", path="/sse/n127")
    stream.expect("data: x")
    refused(t.get("/sse/" + ",".join(names)), 400, "129")
    refused(t.get("/sse/" + ",".join(names[:128]) + "?channel=n128"), 400, "129")


@case("7", "a request line is taken with 128 full names in it, and beyond 24 KB it is a 414", args=CHANNELS, original=OURS)
def long_request_lines(t):
    names = [f"{i:03}" + "x" * 125 for i in range(128)]
    for target in ("/sse/" + ",".join(names), "/sse?" + "&".join(f"channel={name}" for name in names)):
        stream = t.sub(target)
        t.publish("x", path="/sse/" + names[100])
        stream.expect("data: x")
        stream.leave()
    eq(t.get("/healthz?" + "x" * 23000).status, 200, "status of 23 KB")
    eq(t.get("/sse?x=" + "x" * 25000).status, 414, "status of 25 KB")


@case("7", "without --channels a request line beyond 16 KiB is a 414 as before", original=OURS)
def long_request_lines_without(t):
    eq(t.get("/healthz?" + "x" * 16000).status, 200, "status of 16,000 bytes")
    eq(t.get("/healthz?" + "x" * 17000).status, 414, "status of 17,000 bytes")


@case("7", "the part behind the path is percent-decoded once, before it is split; in a query + is a space", args=CHANNELS,
      original=OURS)
def decoded_once(t):
    stream = t.sub("/sse/%6frders%2Cnews,a+b")
    for path in ("/sse/orders", "/sse/new%73", "/sse/a+b", "/sse?channel=a%2Bb", "/sse?channel=%61%2bb"):
        eq(t.publish(path, path=path)["subscribers"], 1, f"subscribers of {path}")
        stream.expect("data: " + path)
    for path in ("/sse/orders%252Cnews", "/sse?channel=a+b", "/sse/a%20b", "/sse/a%2Fb", "/sse/a,,b", "/sse/a,",
                 "/sse?channel=a,b"):
        refused(t.get(path), 400)


@case("7", "an invalid percent code, and what is not UTF-8, is a 400", args=CHANNELS, original=OURS)
def not_decodable(t):
    for name in ("%", "a%4", "%zz", "%ff", "a%C3", "%c0%80"):
        for target in ("/sse/" + name, "/sse?channel=" + name):
            refused(t.get(target), 400)
            refused(t.post('{"data":"x"}', path=target), 400)


@case("7", "PATH/ and PATH/a/b are no channels: a 404, or a static file", start=False, original=OURS)
def deeper_paths(t):
    t.start(CHANNELS)
    for path in ("/sse/", "/sse/a/b", "/sse/a/", "/sse//a", "/SSE/a", "/sses", "/ssea"):
        eq([t.get(path).status, t.post('{"data":"x"}', path=path).status], [404, 404], f"statuses of {path}")
    t.start([*CHANNELS, "--serve-static-dir", "@DIR@/www"],
            files={"www/sse/a/b.txt": "deep", "www/sse/orders": "a file"})
    eq(t.get("/sse/a/b.txt").body, b"deep", "a file two levels deeper")
    stream = t.sub("/sse/orders")
    t.publish("x", path="/sse/orders")
    stream.expect("data: x")


@case("7", "with a path of / the channel is the first segment", args=[*CHANNELS, "--sub-path", "/", "--pub-path", "/"],
      original=OURS)
def path_of_slash(t):
    named, plain = t.sub("/orders"), t.sub("/")
    t.publish("1", path="/orders")
    t.publish("2", path="/")
    named.expect("data: 1")
    plain.expect("data: 2")
    eq(t.get("/healthz").body, b'{"status":"ok"}', "the health page")
    eq(t.get("/a/b").status, 404, "status of a deeper path")


@case("7", "files to serve beside a path of / are an error at start: status 2 and one line that names it", start=False,
      original=OURS)
def path_of_slash_with_files(t):
    for path in ("--sub-path", "--pub-path"):
        server, status = t.run_to_exit([*CHANNELS, path, "/", "--serve-static-dir", t.dir])
        eq(status, 2, "exit status")
        matches(r"^tinysse: serve-static-dir .*: serve-static-dir=", server.output("err")[-1], "standard error")


@case("7", "HEAD, OPTIONS, CORS, Allow and limits are those of the plain path",
      args=[*CHANNELS, "--max-subscribers", "1", "--max-body-size", "100"], original=OURS)
def like_the_plain_path(t):
    head = t.request("HEAD", "/sse/orders")
    eq((head.status, head.get("content-type")), (200, "text/event-stream"), "HEAD")
    options = t.request("OPTIONS", "/sse/orders")
    eq((options.status, sorted(options.items("allow"))), (200, ["get", "head", "post"]), "OPTIONS")
    preflight = t.request("OPTIONS", "/sse/orders", {"Origin": "http://a.example", "Access-Control-Request-Method": "POST"})
    eq((preflight.status, preflight.get("access-control-allow-origin")), (200, "*"), "preflight")
    other = t.request("PUT", "/sse/orders")
    eq((other.status, sorted(other.items("allow"))), (405, ["get", "head", "post"]), "PUT")
    eq(t.get("/sse/a..b").get("access-control-allow-origin"), "*", "CORS header of an error")
    eq(t.post_json({"data": "x" * 100}, path="/sse/orders").status, 413, "status of a large body")
    eq(t.post("x", "text/plain", path="/sse/orders").status, 415, "status of another type")
    t.sub("/sse/orders")
    eq(t.get("/sse/news").status, 503, "status of one stream too many")


@case("7", "with separate paths each takes only its own method, and its own channels",
      args=[*CHANNELS, "--pub-path", "/in", "--sub-path", "/out"], original=OURS)
def separate_channel_paths(t):
    stream = t.sub("/out/a")
    t.publish("x", path="/in/a")
    stream.expect("data: x")
    eq([t.get("/in/a").status, t.post('{"data":"x"}', path="/out/a").status], [405, 405], "statuses")
    eq(t.get("/in/a").items("allow"), ["post"], "Allow")


@case("7", "?channel= on a path of its own meaning means nothing", original=OURS,
      args=[*CHANNELS, "--serve-static-dir", "@DIR@/www"], files=SITE)
def channel_elsewhere(t):
    for name in ("orders", "a..b", "%ff"):
        eq(t.get("/healthz?channel=" + name).status, 200, "status of the health page")
        eq(t.get("/a.txt?channel=" + name).body, b"0123456789", "a static file")


@case("7", "without --channels nothing of this is known: /sse/x is a 404, ?channel= and the field mean nothing", original=OURS)
def without_the_flag(t):
    stream = t.sub("/sse?channel=a..b&channel=c&envelope=xml")
    eq([t.get("/sse/x").status, t.post('{"data":"x"}', path="/sse/x").status], [404, 404], "statuses of /sse/x")
    for n, body in enumerate(('"channel":"orders"', '"channel":7', '"channel":"a..b"', '"channel":null')):
        eq(t.post('{"data":"%d",%s}' % (n, body), path="/sse?channel=a..b&x=%ff").status, 202, f"status of {body}")
    eq(t.post("data=4&channel=a&channel=a..b", FORM).status, 202, "status of the form")
    stream.expect(*[f"data: {n}" for n in range(5)])
    ok(b"id:" not in stream.body, "a message got an id")
