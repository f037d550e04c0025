"""Section 12: `tinysse pub`."""

import json
import re

from blackbox.certificates import certificate
from blackbox.channels import HISTORY, data
from blackbox.commands import OURS, Responder, Running, first_byte_ms, image_only, pub, respond, run, url
from blackbox.fixtures import events_of
from conform import case, eq, free_port, lacks, matches, ok

SECRET = "a-token-that-nobody-sees"


@case("12", "pub -d publishes a text, with id and event, and prints the server's response", original=OURS)
def pub_text(t):
    stream = t.sub()
    out, err = pub(t, url(t), "-d", "two\nlines ü", "--id", "7", "--event", "news")
    eq((json.loads(out), err), ({"queued": 1, "subscribers": 1}, ""), "output")
    stream.expect("id: 7\nevent: news\ndata: two\ndata: lines ü")
    pub(t, url(t, "/sse"), "--data=-x")
    stream.expect("data: -x")


@case("12", "pub -f and - publish all of a file or of standard input, without one line break at its end",
      files={"text": "a\r\nb\n\n"}, original=OURS)
def pub_input(t):
    stream = t.sub()
    pub(t, url(t), "-f", "text")
    pub(t, url(t), "-", stdin="grüß\n".encode())
    pub(t, "-", url(t), stdin=b"")
    pub(t, "-f", "-", url(t), stdin=b"x\r\n")
    eq([event[1] for event in events_of(t, stream, 4)], ["a\nb\n", "grüß", "", "x"], "data")


@case("12", "pub without a text publishes an id or an event alone", original=OURS)
def pub_without_data(t):
    stream = t.sub()
    pub(t, url(t), "--event", "tick")
    stream.expect("event: tick")


@case("12", "pub --lines publishes each line over one connection, as soon as it is read", original=OURS)
def pub_lines(t):
    import subprocess
    stream = t.sub()
    with Running(t, "pub", url(t), "--lines", "--event", "log", stdin=subprocess.PIPE) as command:
        for line in ("one", "", "three"):
            command.process.stdin.write((line + "\n").encode())
            command.process.stdin.flush()
            stream.expect(f"event: log\ndata: {line}".replace("data: \n", "data:\n"))
        command.process.stdin.write(b"no line break")
        command.process.stdin.close()
        eq(command.exit(30), 0, "exit status")
        eq([json.loads(line)["subscribers"] for line in command.out], [1] * 4, "responses")
    stream.expect("event: log\ndata: no line break")


@case("12", "pub --lines uses one connection again, and another when the server closes it", start=False, original=OURS)
def pub_connection(t):
    accepted = b'HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}'

    def one_after_the_other(number, connection, head):
        for i in range(3):
            connection.sendall(accepted)
            if i < 2:
                while b"\r\n\r\n" not in (got := connection.recv(65536)):
                    if not got:
                        return
        connection.close()

    with Responder(one_after_the_other) as server:
        out, err = pub(t, server.url, "--lines", "--rate", "1.5", stdin=b"1\n2\n3\n4\n")
        eq((out, err), ("{}\n" * 4, ""), "output")
        eq(len(server.heads), 2, "connections")


@case("12", "pub --lines names a refused line by its number, publishes the others and ends with status 1",
      script="function publish(pub) if pub.msg.data ~= 'bad' then return pub end end", original=OURS)
def pub_lines_refused(t):
    stream = t.sub()
    out, err = pub(t, url(t), "--lines", stdin=b"one\nbad\nx\xffy\nfour\n", status=1)
    eq(len(out.splitlines()), 2, "responses")
    refused, broken = err.splitlines()
    matches(r"^tinysse: line 2: .*403.*message rejected by script", refused, "line 2")
    matches(r"^tinysse: line 3: .*not UTF-8.*0xff at offset 1", broken, "line 3")
    eq([event[1] for event in events_of(t, stream, 2)], ["one", "four"], "what is published")


@case("12", "pub --ndjson publishes a message in JSON for each line, with its channel; a bad line is named", args=HISTORY,
      original=OURS)
def pub_ndjson(t):
    stream = t.sub("/sse/a,b")
    lines = [{"data": "1", "channel": "a"}, {"id": "x", "event": "e", "data": "2", "comment": ["c"], "channel": "b"}]
    text = "\n".join(map(json.dumps, lines)) + '\n\n{"data"\n{"data":"5","channel":"*"}\n'
    out, err = pub(t, url(t), "--ndjson", stdin=text.encode(), status=1)
    eq([json.loads(line)["subscribers"] for line in out.splitlines()], [1, 1], "responses")
    eq([line.split(":")[1] for line in err.splitlines()], [" line 4", " line 5"], "refused lines")
    eq(data(stream, 2), ["1", "2"], "data")


@case("12", "pub --channel publishes to a channel", args=["--channels"], original=OURS)
def pub_channel(t):
    plain, orders = t.sub(), t.sub("/sse/orders")
    pub(t, url(t), "--channel", "orders", "-d", "to the channel")
    pub(t, url(t), "-d", "to default")
    plain.expect("data: to default")
    orders.expect("data: to the channel")


@case("12", "pub --channel at a server without channels is refused, and not published to everybody", original=OURS)
def pub_channel_without_channels(t):
    stream = t.sub()
    _, err = pub(t, url(t), "--channel", "orders", "-d", "secret", status=1)
    matches(r"404", err, "error")
    t.publish("next")
    stream.expect("data: next")


@case("12", "pub --rate holds lines back to so many a second", original=OURS)
def pub_rate(t):
    import time
    begun = time.monotonic()
    pub(t, url(t), "--lines", "--rate", "20", stdin=b"x\n" * 21)
    ok(time.monotonic() - begun >= 1, "21 lines at 20 a second take at least a second")


@case("12", "pub takes the server from TINYSSE_URL and the token from TINYSSE_TOKEN or --token-file, and shows neither token",
      start=False, files={"token": f" {SECRET}2 \n"}, original=OURS)
def pub_environment(t):
    t.write("token", f" {SECRET}2 \n")
    with Responder(lambda n, c, head: respond(c, "401 Unauthorized", '{"error":"no"}')) as server:
        env = {"TINYSSE_URL": server.url + "/events?key=hidden", "TINYSSE_TOKEN": SECRET}
        for args, token in (((), SECRET), (("--token-file", "token"), SECRET + "2")):
            _, err = pub(t, "-d", "x", *args, env=env, status=1)
            matches(r"401 Unauthorized: no$", err, "error")
            lacks(f"{SECRET}|hidden", err, "error")
            matches(r"^POST /events\?key=hidden HTTP/1\.1\r\n", server.heads[-1], "request")
            matches(rf"\r\nAuthorization: Bearer {token}\r\n", server.heads[-1], "request")
    t.write("token", "two words " + SECRET)
    _, err = pub(t, "http://127.0.0.1:1", "-d", "x", "--token-file", "token", status=1)
    lacks(SECRET, err, "error")
    t.write("token", "")
    matches("token", pub(t, "http://127.0.0.1:1", "-d", "x", "--token-file", "token", status=1)[1], "error")


@case("12", "pub follows a redirect that keeps the method, and gives the token to no other host", start=False, original=OURS)
def pub_redirected(t):
    with Responder(lambda n, c, head: respond(c, "202 Accepted", "{}")) as other:
        def redirect(number, connection, head):
            respond(connection, "307 Temporary Redirect" if number == 0 else "303 See Other", "",
                    f"Location: {other.url}/there\r\n")
        with Responder(redirect) as server:
            pub(t, server.url, "-d", "x", env={"TINYSSE_TOKEN": SECRET})
            ok(SECRET in server.heads[0], "no token for the first host")
            matches(r"^POST /there ", other.heads[0], "request")
            lacks(SECRET, other.heads[0], "request to the other host")
            _, err = pub(t, server.url, "-d", "x", status=1)
            matches(r"303 See Other.*/there", err, "error")
            eq(len(other.heads), 1, "requests to the other host")


@case("12", "pub tells in one line what failed, with status 1", start=False, original=OURS)
def pub_failures(t):
    _, err = pub(t, f"http://127.0.0.1:{free_port()}", "-d", "x", status=1)
    matches(r"^tinysse: cannot connect to http://127\.0\.0\.1:\d+/sse: Connection refused\n$", err, "refused")
    matches(r"^tinysse: .*nowhere.*no such file\n$", pub(t, "http://127.0.0.1:1", "-f", "nowhere", status=1)[1], "no file")
    matches(r"^tinysse: standard input is not UTF-8.*0x80 at offset 2\n$",
            pub(t, "http://127.0.0.1:1", "-", stdin=b"ab\x80", status=1)[1], "binary")
    with Responder(lambda n, c, head: c.close()) as server:
        matches(r"^tinysse: .*it may have been published\n$", pub(t, server.url, "-d", "x", status=1)[1], "no response")
        eq(len(server.heads), 1, "requests: nothing is sent twice")
    with Responder(lambda n, c, head: respond(c, "502 Bad\x1b[31m", "<html>")) as server:
        _, err = pub(t, server.url, "-d", "x", status=1)
        matches(r"502 Bad", err, "error")
        lacks("\x1b|<html>", err, "error")


def repeats(connection, begin, part):
    """Sends a text, and another one without end."""
    connection.sendall(begin)
    while True:
        connection.sendall(part)


@case("12", "pub ends with one line and status 1 at a response without end, or with conflicting lengths", start=False, original=OURS)
def pub_hostile_servers(t):
    accepted = b"HTTP/1.1 202 Accepted\r\n"
    for name, begin, part, said in (
            ("header", accepted + b"X: ", b"a" * 65536, "too long"), ("headers", accepted, b"X: y\r\n" * 1000, "headers"),
            ("interim responses", b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100, "interim"),
            ("body", accepted + b"\r\n", b"a" * 65536, "1048576"),
            ("chunk size", accepted + b"Transfer-Encoding: chunked\r\n\r\n5;", b"a" * 65536, "too long")):
        with Responder(lambda n, c, head, begin=begin, part=part: repeats(c, begin, part)) as server:
            matches(rf"^tinysse: .*malformed response: .*{said}.*it may have been published\n$",
                    pub(t, server.url, "-d", "x", status=1)[1], f"endless {name}")
    for headers in (b"Content-Length: 2\r\nContent-Length: 5", b"Content-Length: 2\r\nTransfer-Encoding: chunked"):
        with Responder(lambda n, c, head, headers=headers: c.sendall(accepted + headers + b"\r\n\r\n{}abc")) as server:
            out, err = pub(t, server.url, "-d", "x", status=1)
            matches("^tinysse: .*malformed response: .*[Cc]ontent-[Ll]ength.*\n$", err, "conflicting lengths")
            eq(out, "", "output")
    with Responder(lambda n, c, head: respond(c, "202 Accepted", "a\x1b[2J\u009b\n")) as server:
        lacks("\x1b|\u009b", pub(t, server.url, "-d", "x")[0], "output")


@case("12", "a wrong use of pub is one line and status 2", start=False, original=OURS)
def pub_usage(t):
    here = "http://127.0.0.1:1"
    for args, said in ((["--lins", here], "did you mean --lines?"), ([here], "--data, --file or -"), (["-d", "x"], "TINYSSE_URL"),
                       ([here, "-d"], "--data needs a value"), ([here, "-d", "x", "-d", "y"], "twice"),
                       ([here, "-d", "x", "-f", "y"], "only one of"), ([here, "--lines", "--ndjson"], "only one of"),
                       ([here, "--lines", "--id", "7"], "--id"), ([here, "--rate", "5", "-d", "x"], "--rate"),
                       ([here, "--lines", "--rate", "0"], "--rate must be a number above 0"), (["ftp://x", "-d", "x"], "http"),
                       (["http://x:0", "-d", "x"], "port from 1 to 65535"), ([here, here, "-d", "x"], "only one URL"),
                       ([here, "--channel", "a.*", "-d", "x"], "a.*"), (["http://a:secret@b", "-d", "x"], "TINYSSE_TOKEN")):
        status, out, err = run(t, "pub", *args)
        eq((status, out, err.count("\n")), (2, "", 1), f"status, output and lines of {args}")
        ok(said in err and "secret" not in err, f"{args}: {err}")


@case("12", "--help of pub and sub has status 0 and names their options, as help pub does", start=False, original=OURS)
def help_of_commands(t):
    for name, options in (("pub", "--lines --ndjson --id --event --channel --rate --token-file"),
                          ("sub", "--channel --json --last-event-id --state --since --event --count --exec --token-file")):
        status, out, _ = run(t, name, "--help")
        eq((status, [option for option in options.split() if option not in out]), (0, []), f"status, missing of {name}")
        eq(run(t, "help", name)[1], out, "tinysse help")
    matches(r"(?m)^  pub +\w.*\n  sub +\w", run(t, "--help")[1], "the server's help")


@case("12", "pub and sub send their first byte within 150 ms of their start", start=False, original=OURS)
def start_of_commands(t):
    image_only(t)
    for args in (("pub", "{url}", "-d", "x"), ("sub", "{url}")):
        clock, processors = map(min, zip(*(first_byte_ms(t, *args) for _ in range(10))))
        # on a busy machine the clock tells of the others
        ok(min(clock, processors) <= 150, f"{args[0]} took {clock:.0f} ms, {processors:.0f} of the processors, at the least of ten times")


@case("12", "pub over TLS trusts the certificates that SSL_CERT_FILE names, and says when it does not trust the server's",
      start=False, original=OURS)
def pub_tls(t):
    cert, key = certificate(t)
    t.start(["--tls-cert", cert, "--tls-key", key])
    address = f"https://localhost:{t.port}"
    status, _, err = run(t, "pub", address, "-d", "x")
    eq(status, 1, "exit status")
    matches(r"the server's certificate is not trusted \(SSL_CERT_FILE=FILE", err, "error")
    status, out, err = run(t, "pub", address, "-d", "x", env={"SSL_CERT_FILE": cert})
    eq((status, err), (0, ""), "exit status and error")
    matches('"subscribers":0', out, "response")
    for file, why in ((t.path("none"), "it cannot be read"), (t.write("empty", ""), "no certificate")):
        status, _, err = run(t, "pub", address, "-d", "x", env={"SSL_CERT_FILE": file})
        eq(status, 1, "exit status")
        matches(f"SSL_CERT_FILE={re.escape(file)}: .*{why}", err, "error")
