"""Section 4: static files."""

import os

from blackbox.fixtures import SITE, STATIC
from conform import case, eq, lacks, matches, ok, one_of


@case("4", "static files: a directory's index.html, a file's bytes and type", args=STATIC, files=SITE)
def static_files(t):
    for path, body, kind in (("/", b"<p>home</p>", "text/html"), ("/index.html", b"<p>home</p>", "text/html"),
                             ("/a.txt", b"0123456789", "text/plain"),
                             ("/app.js", b"let x", "(text|application)/javascript"),
                             ("/style.css", b"p{}", "text/css"), ("/data.json", b"{}", "application/json"),
                             ("/pic.png", b"\x89PNG\r\n", "image/png"), ("/pic.svg", b"<svg/>", r"image/svg\+xml"),
                             ("/sub/", b"inner", "text/html"), ("/a.txt?v=3", b"0123456789", "text/plain"),
                             ("/sp%20ace.txt", b"space", "text/plain"), ("/%C3%BC.txt", b"umlaut", "text/plain")):
        response = t.get(path)
        eq((response.status, response.body), (200, body), f"response to {path}")
        matches(f"^{kind}(;|$)", response.get("content-type"), f"content type of {path}")


@case("4", "HEAD on a file has its length and no body; other methods are refused", args=STATIC, files=SITE)
def static_methods(t):
    response = t.request("HEAD", "/a.txt")
    eq((response.status, response.get("content-length")), (200, "10"), "HEAD")
    for method in ("POST", "PUT", "DELETE"):
        one_of(t.request(method, "/a.txt", {"Content-Type": "application/json"}, b"{}").status, (404, 405),
               f"status of {method}")
    eq(t.get("/a.txt").body, b"0123456789", "the file afterwards")


@case("4", "what is not there is a 404, a directory without index.html too", args=STATIC, files=SITE)
def static_not_found(t):
    for path in ("/none.txt", "/sub/none", "/empty/", "/none/"):
        eq(t.get(path).status, 404, f"status of {path}")


@case("4", "a conditional request for an unchanged file is a 304", args=STATIC, files=SITE)
def static_conditional(t):
    first = t.get("/a.txt")
    modified = first.get("last-modified")
    ok(modified, "no Last-Modified")
    response = t.get("/a.txt", {"If-Modified-Since": modified})
    eq(response.status, 304, "status for an unchanged file")
    eq(t.get("/a.txt", {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}).status, 200, "status for a changed file")
    if first.get("etag"):
        eq(t.get("/a.txt", {"If-None-Match": first.get("etag")}).status, 304, "status for the same tag")
        eq(t.get("/a.txt", {"If-None-Match": '"other"'}).status, 200, "status for another tag")


@case("4", "ranges: from, to, suffix, open end, and 416 beyond the end", args=STATIC, files=SITE)
def static_ranges(t):
    for asked, part, where in (("0-3", b"0123", "0-3"), ("4-", b"456789", "4-9"), ("-2", b"89", "8-9"),
                               ("9-9", b"9", "9-9"),
                               ("5-100", b"56789", "5-9")):
        response = t.get("/a.txt", {"Range": f"bytes={asked}"})
        eq((response.status, response.body, response.get("content-range")), (206, part, f"bytes {where}/10"),
           f"range {asked}")
    response = t.get("/a.txt", {"Range": "bytes=10-"})
    eq((response.status, response.get("content-range")), (416, "bytes */10"), "range beyond the end")


@case("4", "never a file outside the directory: dots in every spelling are a 404", args=STATIC, files=SITE)
def static_traversal(t):
    for path in ("/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/sub/../../outside.txt",
                 "/%2e%2e%2foutside.txt", "/sub/%2e%2e/%2e%2e/outside.txt", "/%252e%252e/outside.txt",
                 "/..%5coutside.txt"):
        response = t.get(path)
        eq(response.status, 404, f"status of {path}")
        ok(b"outside" not in response.body, f"{path} gave the file away")


@case("4", "a hidden file is a 404", args=STATIC, files=SITE, original="differs: serves it")
def static_hidden(t):
    for path in ("/.secret", "/.git/config", "/%2esecret"):
        eq(t.get(path).status, 404, f"status of {path}")


@case("4", "--serve-static-path puts the files under that path only", args=STATIC + ["--serve-static-path", "/files"],
      files=SITE)
def static_path(t):
    eq(t.get("/files/a.txt").body, b"0123456789", "file")
    eq(t.get("/files/").body, b"<p>home</p>", "index")
    for path in ("/a.txt", "/", "/filesa.txt", "/files/../outside.txt"):
        eq(t.get(path).status, 404, f"status of {path}")


@case("4", "publish and subscribe paths win over a file of the same name", args=STATIC, files=SITE)
def static_path_loses(t):
    stream = t.sub("/sse")
    t.publish("x")
    stream.expect("data: x")


@case("4", "%00 in a path is a 404", args=STATIC, files=SITE, original="differs: 500")
def static_nul(t):
    for path in ("/%00", "/a.txt%00", "/%00/a.txt", "/a.txt%00.html"):
        eq(t.get(path).status, 404, f"status of {path}")


@case("4", "a symlink out of the folder is a 404", start=False, original="differs: serves it")
def static_symlink(t):
    for name, content in SITE.items():
        t.write(name, content)
    os.symlink(t.path("outside.txt"), t.path("www/link.txt"))
    os.symlink(t.dir, t.path("www/up"))
    os.symlink("www", t.path("root"))
    for root in ("www", "root"):
        t.start(["--serve-static-dir", t.path(root)])
        for path in ("/link.txt", "/up/outside.txt"):
            eq(t.get(path).status, 404, f"status of {path}")
        eq(t.get("/a.txt").status, 200, f"status of a file when the folder is {root}")


@case("4", "a directory without its slash is redirected to the path with one, prefix included", files=SITE,
      args=STATIC + ["--serve-static-path", "/files"], original="differs: forgets the prefix")
def static_redirect(t):
    response = t.get("/files/sub")
    one_of(response.status, (301, 302, 307, 308), "status")
    matches(r"^(http://127\.0\.0\.1(:\d+)?)?/files/sub/$", response.get("location"), "Location")


@case("4", "a redirect stays on this host, whatever the path", args=STATIC, files={"www/evil/index.html": "x"})
def static_redirect_stays(t):
    for path in ("//evil", "/%2fevil", "/\\evil", "//evil.example/..", "/%5cevil"):
        response = t.get(path)
        lacks(r"^(//|/\\|https?://(?!127\.0\.0\.1))", response.get("location", ""), f"Location for {path}")


@case("4", "the encoded slash and the hidden folder give nothing away", args=STATIC, files=SITE,
      original="differs: serves hidden files")
def static_hidden_spellings(t):
    for path in ("/sub/../.secret", "/sub/..%2f.secret", "/.git%2fconfig", "/.git/", "/.git", "/sub/.%2e/.secret",
                 "/..%c0%af..%c0%afoutside.txt", "/%2e%2e%2foutside.txt%23", "/....//outside.txt"):
        response = t.get(path)
        one_of(response.status, (400, 404), f"status of {path}")


@case("4", "an empty file has length 0, and of a changed file a range is not given for the old tag", args=STATIC,
      files={"www/empty.txt": "", "www/a.txt": "0123456789"})
def static_edges(t):
    response = t.get("/empty.txt")
    eq((response.status, response.body, response.get("content-length")), (200, b"", "0"), "empty file")
    response = t.get("/a.txt", {"Range": "bytes=0-3", "If-Range": '"other"'})
    eq((response.status, response.body), (200, b"0123456789"), "range for another tag")
    for asked in ("lines=1-2", "bytes=3-1", "bytes=a-b", "bytes="):
        one_of(t.get("/a.txt", {"Range": asked}).status, (200, 416), f"status of the range {asked}")
