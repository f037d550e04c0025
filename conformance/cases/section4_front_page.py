"""Section 4: what is at / where nothing else is."""

from conform import case, eq, lacks, matches, ok


@case("4", "GET / without static files says what this is and where to publish and subscribe",
      args=["--pub-path", "/in", "--sub-path", "/out"], original="differs: a 404")
def front_page(t):
    page = t.get("/")
    eq(page.status, 200, "status")
    eq(page.get("content-type"), "text/plain; charset=utf-8", "type")
    for words in ("Server-Sent Events", "POST /in", "GET /out"):
        ok(words in page.text, f"the page lacks {words}: {page.text}")
    head = t.request("HEAD", "/")
    eq((head.status, head.get("content-length")), (200, page.get("content-length")), "HEAD")
    eq(t.get("/none").status, 404, "status of another path")


@case("4", "what is configured at / wins over the page that says what this is", start=False)
def front_page_gives_way(t):
    t.start(["--sub-path", "/"])
    matches("^text/event-stream", t.sub("/").head.get("content-type"), "type of the stream")
    t.start(["--serve-static-dir", "."], files={"index.html": "mine"})
    eq(t.get("/").text, "mine", "the page of a folder")
    t.start(["--serve-static-dir", ".", "--serve-static-path", "/files"])
    lacks("Server-Sent", t.get("/").text, "response beside a folder")


@case("4", "the response to HEAD has no body, so that the next response on the connection is read as what it is",
      start=False, original="differs: has no page and no health")
def head_without_body(t):
    for args in ([], ["--serve-static-dir", ".", "--serve-static-path", "/files"]):
        t.start(args)
        for path in ("/", "/healthz", "/files/none"):
            connection = t.connect()
            request = f"HEAD {path} HTTP/1.1\r\nHost: x\r\n"
            connection.send(f"{request}\r\n{request}Connection: close\r\n\r\n".encode())
            *responses, body = connection.read_to_end(10).split(b"\r\n\r\n")
            eq([response[:9] for response in responses], [b"HTTP/1.1 "] * 2, f"begins of the responses to HEAD {path}")
            eq(body, b"", f"what follows them with {args}")
