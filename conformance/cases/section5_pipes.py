"""Section 5.2: hooks that read from pipes into which nobody writes."""

import os

from conform import case, eq


@case("5.2", "any number of hooks may read from a pipe into which nobody writes, and keep nobody waiting", start=False,
      original="differs: blocks one of its threads with each")
def reading_from_pipes(t):
    os.mkfifo(t.path("pipe"))
    t.start(["--drain-timeout", "1s"], script="""
        local ways = {
          open = function() io.open("pipe") end,
          read = function() io.open("pipe", "r+"):read("a") end,
          lines = function() for line in io.lines("pipe") do end end,
        }
        function publish(pub)
          if not ways[pub.msg.data] then return pub end
          ways[pub.msg.data]()
        end""")
    stream = t.sub()
    for way in (b"open", b"read", b"lines") * 20:
        body = b'{"data": "%s"}' % way
        t.connect().send(b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                         b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    for i in range(5):
        t.publish(f"m{i}")
        stream.expect(f"data: m{i}")
    eq(t.get("/healthz").status, 200, "health")
