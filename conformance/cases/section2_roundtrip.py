"""Section 2: whatever text is published, a conforming parser gets it back."""

from blackbox.fixtures import events_of
from conform import EventStreamParser, case, eq


# One string a line; what a parser must get back, unchanged, with line breaks as LF.
NASTY = ["plain", "", " ", " one leading space", "  two", "trailing ", "\ttab", "a\nb", "a\n\nb", "\n", "\n\n\n",
         "\nfirst",
         "last\n", "data: no", "id: 5\nevent: forged\ndata: no", ": not a comment", "retry: 1", "\n\ndata: forged\n\n",
         "ünïcödé", "日本語", "😀🏳️‍🌈", "line\u2028sep", "par\u2029sep", "next\u0085line", "\ufeffmark first",
         "mark\ufeffinside", "\x01\x02\x1f", "\x0bvertical", "\x0cform", "\x1cfs\x1dgs\x1ers", "\x7fdel", "nb\u00a0sp", "\ufffd",
         "\U0010ffff",
         "e\u0301", "\u202eright to left", 'quote " and \\ back', "%0A%0D+&=;", "</script><!--", "null", "0", "{}",
         "x" * 5000,
         "line\n" * 200, "\n" * 100]


@case("2", "whatever text is published as data, a conforming parser gets back exactly that text")
def roundtrip_text(t):
    stream = t.sub()
    for text in NASTY:
        response = t.post_form({"data": text}) if text else t.post_json({"data": text})
        eq(response.status, 202, f"status of {text!r}")
        eq(t.post_json({"data": text}).status, 202, f"status of {text!r} as JSON")
    got = events_of(t, stream, 2 * len(NASTY))
    for i, text in enumerate(NASTY):
        eq(got[2 * i: 2 * i + 2], [("message", text, "")] * 2, f"events of {text!r}")


@case("2", "text with CR is delivered with line breaks as LF", original="differs: the stream dies")
def roundtrip_carriage_returns(t):
    stream = t.sub()
    texts = ["a\rb", "\r", "\r\n", "\r\r", "a\r\n\r\nb", "\n\r", "data: x\rid: 1\rdata: y", "x\r", "\rx", "\r\n" * 50]
    for text in texts:
        eq(t.post_json({"data": text}).status, 202, f"status of {text!r}")
    got = events_of(t, stream, len(texts))
    for text, event in zip(texts, got):
        eq(event, ("message", text.replace("\r\n", "\n").replace("\r", "\n"), ""), f"event of {text!r}")


@case("2", "ids, event names and comments are delivered exactly, and an event keeps its own id")
def roundtrip_fields(t):
    stream = t.sub()
    names = ["e", " leading", "with: colon", "trailing ", "ünï", "😀", "\u2028", "message", "x" * 3000, "\ufeffmark",
             "\t"]
    for name in names:
        eq(t.post_json({"id": name, "event": name, "data": name, "comment": [name, " " + name]}).status, 202,
           f"status of {name!r}")
    t.publish("no id")
    t.publish("reset", id="")
    got = events_of(t, stream, len(names) + 2)
    eq(got[:-2], [(name, name, name) for name in names], "events")
    eq(got[-2:], [("message", "no id", names[-1]), ("message", "reset", "")], "the last events")


@case("2", "the parser of this suite follows the standard's grammar", start=False)
def parser_is_right(t):
    vectors = [
        (b"data: a\n\n", [("message", "a", "")]),
        (b"data:a\r\rdata: b\r\n\r\n", [("message", "a", ""), ("message", "b", "")]),
        (b"data: a\r\ndata:b\n\n", [("message", "a\nb", "")]),
        (b"data\n\ndata\ndata\n\ndata:", [("message", "", ""), ("message", "\n", "")]),
        (b"data:  x\n\n", [("message", " x", "")]), (b": c\n\ndata: x\n\n", [("message", "x", "")]),
        (b"\xef\xbb\xbfdata: x\n\n", [("message", "x", "")]),
        (b"\xef\xbb\xbf\xef\xbb\xbfdata: x\n\ndata: y\n\n", [("message", "y", "")]),
        (b"id: 1\ndata: x\n\ndata: y\n\nid\ndata: z\n\n",
         [("message", "x", "1"), ("message", "y", "1"), ("message", "z", "")]),
        (b"id: 1\0\ndata: x\n\n", [("message", "x", "")]), (b"id: 1\n\ndata: x\n\n", [("message", "x", "1")]),
        (b"event: e\ndata: x\n\ndata: y\n\n", [("e", "x", ""), ("message", "y", "")]),
        (b"event: e\n\ndata: y\n\n", [("message", "y", "")]), (b"data: x\n", []), (b"Data: x\ndatax: y\n\n", []),
        (b"data: \xff\n\n", [("message", "\ufffd", "")]), (b"data: a\0b\n\n", [("message", "a\0b", "")]),
    ]
    for data, want in vectors:
        eq(EventStreamParser.parse(data).events, want, f"events of {data!r}")
        drip = EventStreamParser()
        for i in range(len(data)):
            drip.feed(data[i: i + 1])
        eq(drip.events, want, f"events of {data!r} byte by byte")
    for data, want in ((b"retry: 10\n\n", 10), (b"retry:7\n", 7), (b"retry: 1x\n", None), (b"retry: -1\n", None),
                       (b"retry\n", None),
                       ("retry: ٣\n".encode(), None)):
        eq(EventStreamParser.parse(data).reconnection_time, want, f"retry of {data!r}")
