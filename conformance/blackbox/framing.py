"""Requests of which two parties could disagree where they end, each with another one hidden behind it."""

HIDDEN = (b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
          b"Content-Length: 11\r\n\r\ndata=hidden")


def post(*fields, body=HIDDEN):
    return (b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + b"".join(field + b"\r\n" for field in fields) + b"\r\n" + body)


CHUNKED = b"0\r\n\r\n" + HIDDEN
ATTACKS = {
    "length and chunked": post(b"Content-Length: 5", b"Transfer-Encoding: chunked", body=CHUNKED),
    "chunked and length": post(b"Transfer-Encoding: chunked", b"Content-Length: 5", body=CHUNKED),
    "two lengths": post(b"Content-Length: 0", b"Content-Length: 5"),
    "two lengths in one": post(b"Content-Length: 0, 5"),
    "negative length": post(b"Content-Length: -5"),
    "length with a plus": post(b"Content-Length: +0"),
    "length in hex": post(b"Content-Length: 0x0"),
    "length of words": post(b"Content-Length: none"),
    "empty length": post(b"Content-Length: "),
    "length beyond 64 bits": post(b"Content-Length: 99999999999999999999"),
    "unknown coding": post(b"Transfer-Encoding: xchunked"),
    "coding before chunked": post(b"Transfer-Encoding: gzip, chunked", body=CHUNKED),
    "chunked twice": post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked", body=CHUNKED),
    "chunked not last": post(b"Transfer-Encoding: chunked, identity", body=CHUNKED),
    "identity": post(b"Transfer-Encoding: identity"),
    "space before the colon": post(b"Content-Length : 0"),
    "name of the coding in quotes": post(b'Transfer-Encoding: "chunked"', body=CHUNKED),
    "chunk size of words": post(b"Transfer-Encoding: chunked", body=b"zz\r\n" + CHUNKED),
    "chunk size with a sign": post(b"Transfer-Encoding: chunked", body=b"-1\r\n" + CHUNKED),
    "chunk size beyond 64 bits": post(b"Transfer-Encoding: chunked", body=b"fffffffffffffffff\r\n" + CHUNKED),
    "folded header": post(b"Content-Length: 0", b"X-One: a", b" Transfer-Encoding: chunked"),
    "no method": b" /sse HTTP/1.1\r\nHost: x\r\n\r\n" + HIDDEN,
    "no version": b"GET /none\r\nHost: x\r\n\r\n" + HIDDEN,
    "version of the future": b"GET /none HTTP/3.7\r\nHost: x\r\n\r\n" + HIDDEN,
    "space in the path": b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n" + HIDDEN,
    "two hosts": b"GET /none HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" + HIDDEN,
    "no colon": b"GET /none HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n" + HIDDEN,
    "NUL in a header": b"GET /none HTTP/1.1\r\nHost: x\r\nX-One: a\0b\r\n\r\n" + HIDDEN,
}
