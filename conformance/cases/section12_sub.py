"""Section 12: `tinysse sub`."""

import json
import os
import signal
import subprocess
import threading
import time

from blackbox.channels import HISTORY
from blackbox.commands import OURS, Responder, Running, argv, respond, run, stream, url
from conform import case, eq, lacks, matches, ok

SECRET = "a-token-that-nobody-sees"


def subscribed(t, n=1):
    """Waits until n streams are open, each of which gets a message to tell."""
    t.wait(lambda: t.publish("hello")["subscribers"] >= n, f"{n} streams")


@case("12", "sub prints the text of each event, and ends after --count of them", original=OURS)
def sub_text(t):
    with Running(t, "sub", url(t), "--count", "3") as command:
        subscribed(t)
        command.lines(1, 20)
        before = len(command.out)
        t.publish("two\nlines", id="7")
        t.publish(comment=["nothing to print"])
        t.publish("ü", event="x")
        if before < 3:
            eq(command.exit(20), 0, "exit status")
        ok("two\nlines" in "\n".join(command.out) or before >= 2, f"output: {command.out}")


@case("12", "sub --json prints an object for each event: id, event, data, comment", args=["--history", "100"], original=OURS)
def sub_json(t):
    t.publish("a\nb", id="1", event="news", comment=["c", "d"])
    t.publish('"quoted" \\ \u2028 ü')
    t.publish(comment=["only this"])
    t.publish("", id="4")
    status, out, err = run(t, "sub", url(t), "--since", "all", "--json", "--count", "4")
    eq((status, err), (0, ""), "exit status and errors")
    events = [json.loads(line) for line in out.split("\n")[:-1]]
    eq(events[0], {"id": "1", "event": "news", "data": "a\nb", "comment": ["c", "d"]}, "first")
    eq(events[1]["data"], '"quoted" \\ \u2028 ü', "second")
    eq({name: events[2][name] for name in events[2] if name != "id"}, {"comment": ["only this"]}, "third")
    eq(events[3], {"id": "4", "data": ""}, "fourth")


@case("12", "sub --channel subscribes to channels and patterns, and --json names the channel of each event", args=HISTORY,
      original=OURS)
def sub_channels(t):
    for channel in ("news", "orders.1", "orders.2", "other"):
        t.publish(channel, path="/sse/" + channel, event="e", comment=["c"])
    status, out, _ = run(t, "sub", url(t), "--channel", "news", "--channel", "orders.*", "--since", "all", "--json", "--count",
                         "3")
    eq(status, 0, "exit status")
    eq([(e["channel"], e["data"], e["event"], e["comment"]) for e in map(json.loads, out.splitlines())],
       [(name, name, "e", ["c"]) for name in ("news", "orders.1", "orders.2")], "events")
    eq(run(t, "sub", url(t), "--channel", "news,other", "--since", "10m", "--count", "2")[1], "news\nother\n", "as texts")


@case("12", "sub begins behind --last-event-id, or with --since", args=["--history", "100"], original=OURS)
def sub_begin(t):
    ids = [t.publish(str(i))["id"] for i in range(5)]
    eq(run(t, "sub", url(t), "--last-event-id", ids[2], "--count", "2")[1], "3\n4\n", "behind the id")
    eq(run(t, "sub", url(t), "--since", "1h", "--count", "5")[1], "0\n1\n2\n3\n4\n", "of the last hour")


@case("12", "sub --event takes events of this name alone, and counts these", args=["--history", "100"], original=OURS)
def sub_event(t):
    for i in range(6):
        t.publish(str(i), **({"event": ["a", "b"][i % 3]} if i % 3 < 2 else {}))
    for names, want in ((["b"], "1\n4\n"), (["message"], "2\n5\n"), (["a", "b"], "0\n1\n3\n4\n")):
        options = [word for name in names for word in ("--event", name)]
        eq(run(t, "sub", url(t), "--since", "all", *options, "--count", len(names) * 2)[1], want, f"events {names}")


@case("12", "sub over twenty kills of the server, with history: each id once, in order", start=False, original=OURS)
def sub_kills(t):
    args = ["--history", "100000", "--data-dir", "data", "--durability", "written"]
    t.start(args, cwd=t.dir)
    t.may_exit = True
    port, acked, stop = t.port, [], threading.Event()

    def publish():
        number = 0
        while not stop.is_set():
            try:
                response = t.post_json({"data": str(number)}, timeout=5, headers={"Idempotency-Key": str(number)})
                if response.status == 202:
                    acked.append(response.json()["id"])
                    number += 1
                    time.sleep(0.002)
                    continue
            except Exception:  # the server is away
                pass
            time.sleep(0.02)

    with Running(t, "sub", url(t), "--json") as command:
        t.wait(lambda: t.publish("first")["subscribers"], "the stream", 20)
        publisher = threading.Thread(target=publish, daemon=True)
        publisher.start()
        for _ in range(20):
            seen = len(acked)
            t.wait(lambda: len(acked) >= seen + 20, "messages are published", 30)
            t.server.signal(signal.SIGKILL)
            t.server.wait_exit(10)
            t.start(args, port=port, cwd=t.dir)
        seen = len(acked)
        t.wait(lambda: len(acked) >= seen + 20, "messages are published", 30)
        stop.set()
        publisher.join(10)
        t.wait(lambda: any(event.get("id") == acked[-1] for event in command.json()[-5:]), "the last one", 60)
        got = [event["id"] for event in command.json() if event["data"] != "first"]
    eq(len(set(got)), len(got), "different ids")
    eq(got, acked, "ids")


@case("12", "sub that has seen nothing yet misses nothing when the server is killed", start=False, original=OURS)
def sub_kill_before_the_first(t):
    args = ["--history", "100", "--data-dir", "data"]
    t.start(args, cwd=t.dir)
    t.publish("before it subscribed")
    port = t.port
    with Responder(lambda n, c, head: relay(c, head, port)) as proxy, Running(t, "sub", proxy.url, "--count", "2") as command:
        t.wait(lambda: proxy.heads, "the stream", 20)
        time.sleep(0.3)
        t.may_exit = True
        t.server.signal(signal.SIGKILL)
        t.server.wait_exit(10)
        t.start(args, cwd=t.dir)
        t.publish("while it was away")
        port = t.port
        t.wait(lambda: len(proxy.heads) > 1 and "since=" in proxy.heads[-1], "it asks again", 30)
        t.wait(lambda: len(command.out) > 0, "the first message", 20)
        t.publish("live")
        eq(command.exit(30), 0, "exit status")
        eq(command.out, ["while it was away", "live"], "output")


def relay(connection, head, port):
    import socket
    with socket.create_connection(("127.0.0.1", port)) as upstream:
        upstream.sendall(head.encode())
        while data := upstream.recv(65536):
            connection.sendall(data)


@case("12", "sub comes through 30 seconds of 502, and asks ever more rarely meanwhile", start=False, original=OURS)
def sub_502(t):
    begun = time.monotonic()

    def respond_later(number, connection, head):
        if number == 0:
            stream(connection, "id: 7\ndata: before\n\n")
        elif time.monotonic() - begun < 30:
            respond(connection, "502 Bad Gateway", "<html>nginx</html>", content_type="text/html")
        else:
            stream(connection, "id: 8\ndata: after\n\n", hold=20)

    with Responder(respond_later) as server, Running(t, "sub", server.url, "--count", "2") as command:
        eq(command.exit(100), 0, "exit status")
        eq(command.out, ["before", "after"], "output")
        eq(len([line for line in command.err if "502 Bad Gateway, trying again" in line]), 1, "lines about the 502")
        ok(4 <= len(server.heads) <= 60, f"{len(server.heads)} requests in 30 s")
        ok(all("\r\nLast-Event-ID: 7\r\n" in head for head in server.heads[1:]), "an id was not sent")


@case("12", "sub leaves a stream that is silent, and asks again with its last id", start=False, original=OURS)
def sub_silence(t):
    def silent(number, connection, head):
        if number == 1:
            time.sleep(3)  # accepts, and does not respond
        elif number < 3:
            stream(connection, ": ok\n\n" if number else "retry: 10\nid: 7\ndata: x\n\n", hold=20)
        else:
            stream(connection, "data: y\n\n", hold=20)

    with Responder(silent) as server, Running(t, "sub", server.url, "--silence", "1s", "--count", "2") as command:
        eq(command.exit(40), 0, "exit status")
        eq(command.out, ["x", "y"], "output")
        command.said("no data for 1s")
        ok(all("\r\nLast-Event-ID: 7\r\n" in head for head in server.heads[1:]), "an id was not sent")


@case("12", "sub waits as long as retry: says, at random", start=False, original=OURS)
def sub_retry(t):
    with Responder(lambda n, c, head: stream(c, f"retry: {2000 if n < 8 else 0}\n\n")) as server, \
            Running(t, "sub", server.url):
        t.wait(lambda: len(server.times) >= 10, "ten streams", 40)
        waits = [after - before for before, after in zip(server.times, server.times[1:9])]
    ok(max(waits) < 3.5, f"waits: {waits}")
    ok(max(waits) - min(waits) > 0.1, f"waits are not spread: {waits}")


@case("12", "401, 403 and 204 are final for sub: status 1, 1 and 0", start=False, original=OURS)
def sub_final(t):
    for status, want in (("401 Unauthorized", 1), ("403 Forbidden", 1), ("204 No Content", 0)):
        for streams in (0, 1):
            def refuse(number, connection, head):
                if number < streams:
                    stream(connection, "retry: 1\ndata: x\n\n")
                elif status.startswith("204"):
                    connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
                else:
                    respond(connection, status, '{"error":"not you"}')

            with Responder(refuse) as server:
                got, out, err = run(t, "sub", server.url, env={"TINYSSE_TOKEN": SECRET})
                eq((got, out), (want, "x\n" * streams), f"exit status and output of {status}")
                eq(len(server.heads), streams + 1, f"requests of {status}")
                matches(rf"\r\nAuthorization: Bearer {SECRET}\r\n", server.heads[-1], "request")
                lacks(SECRET, err, "error")
                if want:
                    matches(rf"{status}: not you\n$", err, "error")
                else:
                    eq(err, "", "error")


@case("12", "what is wrong from the begin ends sub with status 1: no such path, no event stream", original=OURS)
def sub_wrong_path(t):
    for path, said in (("/nowhere", "404"), ("/", "text/plain")):
        status, _, err = run(t, "sub", url(t, path))
        eq((status, err.count("\n")), (1, 1), "exit status, lines")
        ok(said in err, f"error: {err}")


@case("12", "sub reports a gap on standard error, and with --json also as an object", args=["--history", "3"], original=OURS)
def sub_gap(t):
    ids = [t.publish(str(i))["id"] for i in range(8)]
    with Running(t, "sub", url(t), "--last-event-id", ids[1], "--json", "--count", "3") as command:
        eq(command.exit(20), 0, "exit status")
        gap, *rest = command.json()
        eq((gap["event"], json.loads(gap["data"])["reason"]), ("tinysse.gap", "expired"), "gap")
        eq([event["data"] for event in rest], ["5", "6", "7"], "events")
        command.said('"reason":"expired"')
    status, out, err = run(t, "sub", url(t), "--last-event-id", ids[1], "--count", "3")
    eq((status, out), (0, "5\n6\n7\n"), "texts")
    matches(r"^tinysse: .*lost.*expired", err, "errors")


@case("12", "--state is where sub begins the next time, and survives kills of sub: nothing lost, nothing twice in a file",
      args=["--history", "100000"], original=OURS)
def sub_state(t):
    stop = threading.Event()
    ids = []

    def publish():
        while not stop.is_set():
            ids.append(t.publish(str(len(ids)))["id"])
            time.sleep(0.001)

    path = t.path("out")
    t.publish("first")
    eq(run(t, "sub", url(t), "--since", "all", "--state", "state", "--count", "1")[1], "first\n", "output")
    publisher = threading.Thread(target=publish, daemon=True)
    publisher.start()
    for i in range(12):
        with open(path, "ab") as out, Running(t, "sub", url(t), "--state", "state", "--json", stdout=out) as command:
            size = os.path.getsize(path)
            t.wait(lambda: os.path.getsize(path) > size, "events are printed", 30)
            time.sleep(0.01 * i)
            command.kill()
    stop.set()
    publisher.join(10)
    # into the same file: the last one may have been killed within a write
    with open(path, "ab") as out, Running(t, "sub", url(t), "--state", "state", "--json", stdout=out) as command:
        with open(path, "rb") as printed:
            t.wait(lambda: printed.seek(0) or printed.read().count(b"\n") >= len(ids), "the rest is printed", 30)
        # sub saves the state after it has printed the events, and SIGINT may come between the two
        t.wait(lambda: open(t.path("state"), encoding="utf-8").readline() == ids[-1] + "\n", "the state has the last id")
        command.kill(signal.SIGINT)
    with open(path, encoding="utf-8") as out:
        got = [json.loads(line)["id"] for line in out]
    eq([got.count(i) for i in ids if got.count(i) != 1], [], f"how often ids are there that are not there once, of {len(ids)}")
    eq(got, ids, "ids in the file")


@case("12", "--state that cannot be used is one line and status 1", original=OURS)
def sub_state_unusable(t):
    status, _, err = run(t, "sub", url(t), "--state", "nowhere/state")
    eq((status, err.count("\n")), (1, 1), "exit status, lines")
    matches(r"nowhere/state: no such file", err, "error")


@case("12", "--exec runs a command for each event, without a shell and one after the other, with JSON on standard input",
      args=["--history", "100"], original=OURS)
def sub_exec(t):
    t.write("take.py", "import sys, time, json\ne = json.load(sys.stdin)\ntime.sleep(0.05)\n"
                       "open('taken', 'a').write(e['data'] + ' ' + ' '.join(sys.argv[1:]) + '\\n')\n")
    for i in range(3):
        t.publish(str(i))
    status, out, err = run(t, "sub", url(t), "--since", "all", "--count", "3", "--exec",
                           "python3 take.py 'a  b' \"$HOME\" x;touch owned | cat")
    eq((status, out, err), (0, "", ""), "exit status and output")
    with open(t.path("taken"), encoding="utf-8") as taken:
        eq(taken.read(), "".join(f"{i} a  b $HOME x;touch owned | cat\n" for i in range(3)), "what the command got")
    ok(not os.path.exists(t.path("owned")), "a shell has run")


@case("12", "sub reports a failed command of --exec, continues and exits with 1; an unknown command ends sub",
      args=["--history", "100"], original=OURS)
def sub_exec_fails(t):
    ids = [t.publish(str(i))["id"] for i in range(3)]
    t.write("fail.py", "import sys, json\nsys.exit(3 if json.load(sys.stdin)['data'] == '1' else 0)")
    status, _, err = run(t, "sub", url(t), "--since", "all", "--count", "3", "--exec", "python3 fail.py")
    eq((status, err), (1, f"tinysse: --exec python3 ended with status 3: id={ids[1]}\n"), "exit status and errors")
    status, _, err = run(t, "sub", url(t), "--since", "all", "--state", "state", "--exec", "./not-there")
    eq((status, err), (1, "tinysse: cannot run --exec ./not-there: No such file or directory\n"), "exit status and errors")
    eq(run(t, "sub", url(t), "--since", "all", "--state", "state", "--count", "1")[1], "0\n", "what was not taken comes again")


@case("12", "sub ends without a word when nobody reads, and at SIGINT", args=["--history", "100"], original=OURS)
def sub_quiet_ends(t):
    for i in range(100):
        t.publish("x" * 1000)
    command = Running(t, "sub", url(t), "--since", "all", stdout=subprocess.PIPE)
    with command:
        command.lines(1, 20)
        command.process.send_signal(signal.SIGINT)
        command.exit(10)
        eq(command.err, [], "errors")
    process = subprocess.run(["sh", "-c", f'{t.options.server} sub {url(t)} --since all | head -n 1'], capture_output=True,
                             timeout=30, check=False)
    t.publish("one more")
    eq((process.stdout, process.stderr), (b"x" * 1000 + b"\n", b""), "output")


@case("12", "a wrong use of sub is one line and status 2", start=False, original=OURS)
def sub_usage(t):
    here = "http://127.0.0.1:1"
    for args, said in (([here, "--chanel", "x"], "did you mean --channel?"), ([], "TINYSSE_URL"),
                       ([here, "--channel", "a..b"], "a..b"), ([here, "--count", "0"], "--count must be"),
                       ([here, "--since", "soon"], "--since must be"), ([here, "--silence", "x"], "--silence must be"),
                       ([here, "--exec", "'x"], "not closed"), ([here, "--exec", " "], "--exec must name"),
                       ([here, "--last-event-id", "a\nb"], "control"), ([here, "more"], "only one URL")):
        status, out, err = run(t, "sub", *args)
        eq((status, out, err.count("\n")), (2, "", 1), f"status, output and lines of {args}")
        ok(said in err, f"{args}: {err}")


@case("12", "sub that cannot write what came says so and ends with status 1: it is no reader that has gone", original=OURS,
      args=["--history", "10"])
def sub_full_disk(t):
    t.publish("x")
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(argv(t, ["sub", url(t), "--since", "all"]), stdout=full,
                               stderr=subprocess.PIPE, timeout=30, text=True)
    eq(ended.returncode, 1, "exit status")
    matches(r"^tinysse: cannot write to standard output: No space left on device\n$", ended.stderr, "error")


@case("12", "sub ends with one line and status 1 at an event of over --max-event-size, 16 MiB without it", start=False, original=OURS)
def sub_large_events(t):
    begin = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
    for part in (b"a" * 65536, b"data: " + b"a" * 60000 + b"\n", b"data\n" * 10000, b": x\n" * 10000):
        def serve(number, connection, head, part=part):
            connection.sendall(begin + b"data: ")
            while True:
                connection.sendall(part)

        with Responder(serve) as server:
            status, out, err = run(t, "sub", server.url, env={"JAVA_OPTS": "-Xmx200m"})
            eq((status, out, err.count("\n")), (1, "", 1), f"status, output and lines of errors: {err}")
            matches("an event has over 16777216 bytes; --max-event-size allows more$", err.strip(), "error")
    with Responder(lambda n, c, head: stream(c, "data: small\n\ndata: " + "a" * 1000 + "\n\n", hold=10)) as server:
        status, out, err = run(t, "sub", server.url, "--max-event-size", "1000", "--count", "2")
        eq((status, "over 1000 bytes" in err, out), (1, True, "small\n"), "status, error and output")


@case("12", "sub names a malformed response once, and waits ever longer", start=False, original=OURS)
def sub_malformed(t):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
    for response, said in ((head + b"Transfer-Encoding: chunked\r\nContent-Length: 9\r\n\r\ndata: x\n\n", "Transfer-Encoding and"),
                           (head + b"X: y\r\n" * 300 + b"\r\n", "over 200 headers"),
                           (head + b"Transfer-Encoding: chunked\r\n\r\n5;" + b"a" * 5000, "too long"),
                           (head + b"Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\ndata: x\n\n", "no chunk size")):
        def serve(number, connection, asked, response=response):
            connection.sendall(response)
            connection.settimeout(10)
            connection.recv(1)

        with Responder(serve) as server, Running(t, "sub", server.url) as command:
            matches(r"malformed response: .*, trying again$", command.said(said), "error")
            t.wait(lambda: len(server.heads) >= 3, "it tries again")
            eq(command.out, [], "output")


@case("12", "a retry: of years makes sub wait", start=False, original=OURS)
def sub_long_retry(t):
    with Responder(lambda n, c, head: stream(c, "retry: 99999999999999999999\ndata: x\n\n")) as server:
        with Running(t, "sub", server.url) as command:
            command.lines(1)
            time.sleep(2)
            eq(len(server.heads), 1, "requests")


@case("12", "sub prints control characters as escapes on a terminal, and as they are elsewhere", start=False, original=OURS)
def sub_terminal(t):
    text = "\x1b[2J\u009b31m\x07 ü\ttab"
    with Responder(lambda n, c, head: stream(c, f"data: {text}\n\n", hold=10)) as server:
        terminal, output = os.openpty()
        process = subprocess.Popen(argv(t, ["sub", server.url, "--count", "1"]), cwd=t.dir, stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=subprocess.DEVNULL)
        try:
            eq(process.wait(60), 0, "exit status")
            shown = os.read(terminal, 65536).decode()
        finally:
            process.kill()
            os.close(output)
            os.close(terminal)
        eq(shown.rstrip("\r\n"), "\\u001b[2J\\u009b31m\\u0007 ü\ttab", "on a terminal")
        eq(run(t, "sub", server.url, "--count", "1")[1], text + "\n", "in a pipe")
