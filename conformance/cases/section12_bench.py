"""Section 12: `tinysse bench`."""

import json
import signal
import time

from blackbox.commands import OURS, Responder, Running, respond, run, url
from conform import case, eq, free_port, matches, ok

NUMBERS = ("sent", "deliveries", "lost", "p50", "p99", "p999", "max")


def bench(t, *args, status=0):
    got, out, err = run(t, "bench", url(t), "--json", *args)
    eq(got, status, f"exit status ({err})")
    result = json.loads(out)
    eq([name for name in NUMBERS if not isinstance(result.get(name), (int, float))], [], "missing")
    return result, err


@case("12", "bench publishes at its rate, counts what each stream gets, and what others publish does not count", original=OURS)
def bench_counts(t):
    stream = t.sub()
    with Running(t, "bench", url(t), "--subs", "20", "--rate", "50", "--duration", "2s", "--json", "--payload", "1KB") as command:
        t.wait(lambda: t.publish("data: of somebody else")["subscribers"] > 1, "its streams", 20)
        eq(command.exit(30), 0, "exit status")
        result = json.loads(command.out[0])
    eq([result[name] for name in ("sent", "deliveries", "lost")], [100, 2000, 0], "counts")
    ok(0 < result["p50"] <= result["p99"] <= result["p999"] <= result["max"], f"percentiles: {result}")
    texts = [block for block in stream.blocks(100) if "somebody" not in block]
    eq({len(text) for text in texts}, {len("data: ") + 1000}, "sizes")


@case("12", "bench without --json is for people: percentiles, deliveries a second, and what was lost", args=["--channels"],
      original=OURS)
def bench_text(t):
    begun = time.monotonic()
    status, out, err = run(t, "bench", url(t), "--subs", "5", "--rate", "100", "--duration", "1s", "--channel", "load")
    eq((status, err), (0, ""), "exit status and errors")
    for pattern in (r"100 sent", r"deliveries +500, \d+ a second", r"lost +0", r"p50 [\d.]+ ms.*p99 .*p99\.9 .*max"):
        matches(pattern, out, "report")
    ok(time.monotonic() - begun < 20, "it takes about as long as --duration says")


@case("12", "bench is open-loop: a server that stands still for two seconds is seen in p99.9, and all is sent", original=OURS)
def bench_stopped_server(t):
    with Running(t, "bench", url(t), "--subs", "10", "--rate", "50", "--duration", "8s", "--json") as command:
        t.wait(lambda: t.publish("x")["subscribers"] >= 10, "its streams", 20)
        time.sleep(1.5)
        t.server.signal(signal.SIGSTOP)
        time.sleep(2)
        t.server.signal(signal.SIGCONT)
        eq(command.exit(40), 0, "exit status")
        result = json.loads(command.out[0])
    eq([result[name] for name in ("sent", "deliveries", "lost")], [400, 4000, 0], "counts")
    ok(1700 <= result["p999"] <= result["max"], f"latencies: {result}")
    # a quarter of the messages were to be sent meanwhile, and waited a second on average
    ok(result["p50"] < 1000 < result["p99"], f"latencies: {result}")


@case("12", "bench counts what is lost", script="function message(pub, sub) if pub.msg.data:sub(-1) ~= 'y' and math.random(2) == 1"
      " then return pub end end", original=OURS)
def bench_lost(t):
    result, _ = bench(t, "--subs", "10", "--rate", "100", "--duration", "1s")
    eq((result["sent"], result["deliveries"] + result["lost"]), (100, 1000), "counts")
    ok(300 < result["lost"] < 700, f"lost: {result}")


@case("12", "bench counts refused messages, which are not sent, and ends with status 1",
      script="local n = 0 function publish(pub) n = n + 1 if n % 4 > 0 then return pub end end", original=OURS)
def bench_refused(t):
    result, err = bench(t, "--subs", "2", "--rate", "100", "--duration", "1s", status=1)
    eq([result[name] for name in ("sent", "deliveries", "lost", "refused")], [75, 150, 0, 25], "counts")
    matches("25 messages were refused, the first: .*403", err, "error")


@case("12", "bench sends the token, and tells in one line why it cannot run", start=False, original=OURS)
def bench_failures(t):
    args = ("--subs", "1", "--rate", "1", "--duration", "1s")
    status, _, err = run(t, "bench", f"http://127.0.0.1:{free_port()}", *args)
    eq((status, err), (1, "tinysse: stream 1 of 1 could not be opened: Connection refused\n"), "refused connection")
    with Responder(lambda n, c, head: respond(c, "401 Unauthorized", "{}")) as server:
        status, _, err = run(t, "bench", server.url, *args, env={"TINYSSE_TOKEN": "secret"})
        eq((status, err), (1, "tinysse: stream 1 of 1 could not be opened: the server gives no stream: HTTP/1.1 401 Unauthorized\n"),
           "refused stream")
        matches(r"\r\nAuthorization: Bearer secret\r\n", server.heads[0], "request")


@case("12", "a wrong use of bench is one line and status 2", start=False, original=OURS)
def bench_usage(t):
    here = "http://127.0.0.1:1"
    for args, said in (([here, "--rate", "1"], "--subs"), ([here, "--subs", "1"], "--rate"), (["--subs", "1", "--rate", "1"], "TINYSSE_URL"),
                       ([here, "--subs", "0", "--rate", "1"], "--subs must be"), ([here, "--subs", "1", "--rate", "-1"], "--rate must be"),
                       ([here, "--subs", "1", "--rate", "1", "--duration", "0s"], "--duration must be above 0"),
                       ([here, "--subs", "1", "--rate", "1", "--payload", "5"], "--payload must be"),
                       (["https://h", "--subs", "1", "--rate", "1"], "http://")):
        status, out, err = run(t, "bench", *args)
        eq((status, out, err.count("\n")), (2, "", 1), f"status, output and lines of {args}")
        ok(said in err, f"{args}: {err}")
    eq(run(t, "bench", "--help")[0], 0, "exit status of --help")


@case("12", "bench ends when the server dies, and says what it has seen", original=OURS)
def bench_server_dies(t):
    stream = t.sub()
    with Running(t, "bench", url(t), "--subs", "5", "--rate", "50", "--duration", "5m", "--json") as command:
        stream.blocks(20)
        t.may_exit = True
        t.server.signal(signal.SIGKILL)
        eq(command.exit(20), 1, "exit status")
        result = json.loads(command.out[0])
    ok(15 <= result["sent"] < 15_000 and result["refused"] == 15_000 - result["sent"], f"{result}")
    # the last one may have come to streams without its response to the publisher
    ok(0 <= result["deliveries"] + result["lost"] - 5 * result["sent"] <= 5, f"{result}")


@case("12", "bench fails if the server turns a stream away, and with the largest payload, soon", original=OURS,
      args=["--max-subscribers", "5"])
def bench_turned_away(t):
    status, _, err = run(t, "bench", url(t), "--subs", "8", "--rate", "50", "--duration", "5m")
    eq(status, 1, "exit status")
    matches(r"stream \d of 8 could not be opened: the server has ended a stream", err, "error")
    t.wait(lambda: t.publish("x")["subscribers"] == 0, "the end of its streams")
    status, _, err = run(t, "bench", url(t), "--subs", "2", "--rate", "10", "--duration", "5m", "--payload", "16MB")
    eq(status, 1, "exit status")
    matches("the server rejects messages", err, "error")
