"""Section 11.2: spans of publishes and hooks, sent with OTLP."""

import http.server
import threading

from blackbox.channels import OURS
from conform import case, eq, ok

TRACE = "0af7651916cd43dd8448eb211c80319c"
SPAN = "b7ad6b7169203331"
HOOKS = "function publish(pub) return pub end function subscribe(sub) return sub end function message(pub) return pub end"


def fields(data):
    """The fields of a protobuf message: number and value, an int or bytes."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value
    while at < len(data):
        key = varint()
        kind, size = key & 7, {1: 8, 5: 4}
        if kind == 0:
            yield key >> 3, varint()
        else:
            length = size[kind] if kind in size else varint()
            yield key >> 3, data[at:at + length]
            at += length


class Collector(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/v1/traces":
            for resource in (value for number, value in fields(body) if number == 1):
                for scope in (value for number, value in fields(resource) if number == 2):
                    for span in (dict(fields(value)) for number, value in fields(scope) if number == 2):
                        self.server.spans.append({"trace": span[1].hex(), "id": span[2].hex(),
                                                  "parent": span.get(4, b"").hex(), "name": span[5].decode()})
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@case("11", "with OTEL_EXPORTER_OTLP_ENDPOINT publishes and hooks are spans, the caller's traceparent is their parent; none per delivery",
      start=False, original=OURS)
def spans(t):
    collector = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    collector.spans = []
    threading.Thread(target=collector.serve_forever, daemon=True).start()
    try:
        t.start(script=HOOKS, env={"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector.server_address[1]}"})
        streams = [t.sub() for _ in range(3)]
        eq(t.post_json({"data": "x"}, headers={"traceparent": f"00-{TRACE}-{SPAN}-01"}).status, 202, "status")
        for stream in streams:
            stream.expect("data: x")
        t.stop()  # sends what has been recorded
    finally:
        collector.shutdown()
    named = {}
    for span in collector.spans:
        named.setdefault(span["name"], []).append(span)
    eq((len(named["publish"]), len(named["hook publish"]), len(named["hook subscribe"])), (1, 1, 3), "spans")
    eq((named["publish"][0]["trace"], named["publish"][0]["parent"]), (TRACE, SPAN), "trace and parent of the publish")
    eq((named["hook publish"][0]["trace"], named["hook publish"][0]["parent"]), (TRACE, named["publish"][0]["id"]),
       "trace and parent of the hook")
    ok("hook message" not in named, f"spans of deliveries: {sorted(named)}")


@case("11", "an endpoint that is no address is an error at start", start=False, original=OURS)
def bad_endpoint(t):
    eq(t.run_to_exit(env={"OTEL_EXPORTER_OTLP_ENDPOINT": "nowhere"})[1], 1, "exit status")
    ok("OTEL_EXPORTER_OTLP_ENDPOINT=nowhere" in "\n".join(t.server.output()), "the line")
