"""Section 1: which addresses a server listens on, and what its first lines say of it."""

import socket

from blackbox.checks import Skip
from blackbox.server import free_port
from conform import case, eq, lacks, matches, ok


def reached(t, host):
    try:
        return t.get("/healthz", host=host).status == 200
    except OSError:
        return False


def need_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError as error:
        raise Skip(f"no IPv6 here: {error}")


@case("1", "0.0.0.0 is IPv4 alone, and the log says so", start=False, original="differs: does not say so")
def ipv4_alone(t):
    t.start(host="0.0.0.0")
    t.log(rf"Listening on 0\.0\.0\.0:{t.port} \(IPv4 only\)")
    ok(reached(t, "127.0.0.1"), "no response over IPv4")
    ok(not reached(t, "::1"), "a response over IPv6")


@case("1", "[::] is IPv6 and IPv4, and the log says so", start=False, original="differs: does not say so")
def both_families(t):
    need_ipv6()
    t.start(host="::")
    t.log(rf"Listening on \[::\]:{t.port} \(IPv6 and IPv4\)")
    ok(reached(t, "::1"), "no response over IPv6")
    ok(reached(t, "127.0.0.1"), "no response over IPv4")


@case("1", "two servers may have one port at two addresses", start=False)
def one_port_at_two_addresses(t):
    port = free_port()
    for host in ("127.0.0.1", "127.0.0.2"):
        t.start(host=host, port=port)
        ok(reached(t, host), f"no response at {host}")


@case("1", "the log says where to publish and to subscribe, behind the line with the address",
      args=["--pub-path", "/in", "--sub-path", "/out"], original="differs: does not say so")
def where_to_go(t):
    t.log("Listening on")
    base = f"http://127.0.0.1:{t.port}"
    t.log(rf"INFO.*Publish with POST {base}/in, subscribe with GET {base}/out$")
    lines = [line for line in t.server.output() if "tinysse" in line]
    matches(r"tinysse/\d", lines[0], "first line")
    matches(r"Listening on \S+:\d+", lines[1], "second line")


WARNING = r"WARN.*Publishing is unauthenticated: listen=\S+ "


@case("1", "an address beyond loopback without a publish hook is one warning at the start", start=False,
      original="differs: does not say so")
def open_to_anybody(t):
    for script in (None, "function message(pub, sub) return pub end"):
        t.start(host="0.0.0.0", script=script)
        t.log(WARNING)
        eq(len([line for line in t.server.output() if " WARN " in line]), 1, f"warnings with {script}")


@case("1", "there is no such warning on loopback, nor where a publish hook decides", start=False)
def not_open_to_anybody(t):
    for host, script in (("127.0.0.1", None), ("0.0.0.0", "function publish(pub) return pub end")):
        t.start(host=host, script=script)
        t.stop()  # so that all it has to say is there
        lacks("Publishing is unauthenticated", "\n".join(t.server.output()), f"output with {host}")
