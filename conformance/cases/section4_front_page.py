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
