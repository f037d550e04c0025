"""Section 10.5: TLS, the attacks on it, and certificates that change."""

import os
import socket
import ssl
import struct
import subprocess
import time

from blackbox.certificates import certificate, trusting
from conform import case, eq, matches

SCRIPT = 'function unsubscribe(sub) print("gone") end'


def start(t, *args, **options):
    cert, key = certificate(t)
    t.start(["--tls-cert", cert, "--tls-key", key, *args], **options)
    return cert, key


def tcp(t):
    connection = socket.create_connection(("127.0.0.1", t.port), t.patience)
    t.open.append(connection)
    return connection


def tls(t, context=None):
    connection = (context or trusting()).wrap_socket(tcp(t), server_hostname="localhost")
    t.open.append(connection)
    return connection


def until(connection, end):
    got = b""
    while end not in got:
        data = connection.recv(65536)
        if not data:
            raise AssertionError(f"the connection ended after {got!r}")
        got += data
    return got


def rest(connection):
    got = b""
    while True:
        try:
            data = connection.recv(65536)
        except (ConnectionResetError, ssl.SSLError):
            return got
        if not data:
            return got
        got += data


def get(path="/sse"):
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def publish(t, text):
    with tls(t) as connection:
        body = b"data=" + text.encode()
        connection.sendall(b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                           + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        until(connection, b'"subscribers"')


@case("10.5", "plain HTTP on a port with TLS is a 400 in plain text that says so")
def plain_http(t):
    start(t)
    connection = tcp(t)
    connection.sendall(get())
    response = rest(connection).decode()
    matches(r"\AHTTP/1\.1 400 ", response, "status")
    matches(r"(?i)content-type: text/plain", response, "type")
    matches(r"(?i)https", response.partition("\r\n\r\n")[2], "body")


@case("10.5", "TLS 1.2 and 1.3 are spoken, 1.0 and 1.1 are not")
def protocols(t):
    start(t)
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context = trusting()
        context.minimum_version = context.maximum_version = version
        with tls(t, context) as connection:
            connection.sendall(get("/healthz"))
            matches(b" 200 ", until(connection, b"}"), "health")
    for version in ("-tls1", "-tls1_1"):
        done = subprocess.run(["openssl", "s_client", version, "-cipher", "ALL:@SECLEVEL=0", "-connect",
                               f"127.0.0.1:{t.port}"], input=b"", capture_output=True, timeout=t.patience)
        eq(b"BEGIN CERTIFICATE" in done.stdout, False, f"a certificate by {version}")


@case("10.5", "no cipher without forward secrecy, and none without authentication of the data")
def ciphers(t):
    start(t)
    for suite in ("AES128-SHA", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA256", "DES-CBC3-SHA",
                  "NULL-SHA", "ADH-AES128-SHA", "AECDH-AES128-SHA", "RC4-SHA"):
        done = subprocess.run(["openssl", "s_client", "-tls1_2", "-cipher", suite + ":@SECLEVEL=0", "-connect",
                               f"127.0.0.1:{t.port}"], input=b"", capture_output=True, timeout=t.patience)
        eq(b"BEGIN CERTIFICATE" in done.stdout, False, f"a handshake with {suite}")


@case("10.5", "a client that says nothing, or a byte a second, is closed after --head-timeout")
def slow_handshakes(t):
    start(t, "--head-timeout", "1s")
    silent, slow = tcp(t), tcp(t)
    began = time.monotonic()
    eq(rest(silent), b"", "what a silent client gets")
    try:
        for byte in b"\x16\x03\x01\x02\x00\x01":
            slow.sendall(bytes([byte]))
            time.sleep(0.5)
    except OSError:
        pass
    eq(b"HTTP" in rest(slow), False, "HTTP for who has not ended its handshake")
    eq(time.monotonic() - began < 1 + t.patience, True, "in time")


@case("10.5", "a thousand handshakes that are begun and not ended stop nobody")
def half_open(t):
    start(t)
    hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"
    for _ in range(1000):
        tcp(t).sendall(hello)
    with tls(t) as connection:
        connection.sendall(get("/healthz"))
        matches(b" 200 ", until(connection, b"}"), "health")


@case("10.5", "a record that is too long, and bytes that are none, end that connection alone")
def bad_records(t):
    start(t)
    stream = tls(t)
    stream.sendall(get())
    until(stream, b": ok\n\n")
    for record in (b"\x16\x03\x01\xff\xff" + b"x" * 1000, b"\x80\x2e\x01\x00\x02" + b"\0" * 50, b"\xff" * 100):
        connection = tcp(t)
        connection.sendall(record)
        connection.shutdown(socket.SHUT_WR)
        eq(b"HTTP" in rest(connection), False, "HTTP")
    publish(t, "still-there")
    until(stream, b"still-there\n\n")


@case("10.5", "a record over 16,640 bytes ends its connection alone, at once and with a fatal alert, and the server still stops")
def large_records(t):
    start(t)
    stream = tls(t)
    stream.sendall(get())
    until(stream, b": ok\n\n")
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context = trusting()
        context.minimum_version = context.maximum_version = version
        for length in (16_641, 16_705, 24_576, 33_088):
            attacker = tls(t, context)
            attacker.sendall(get())
            until(attacker, b": ok\n\n")
            raw_send(attacker, b"\x17\x03\x03" + length.to_bytes(2, "big"))
            publish(t, f"beside-{length}")
            until(stream, f"beside-{length}\n\n".encode())
            alert(attacker)
    attackers = [tls(t) for _ in range(4)]
    for attacker in attackers:
        attacker.sendall(get("/healthz"))
        raw_send(attacker, b"\x17\x03\x03\x60\x00")
    publish(t, "behind-them")
    until(stream, b"behind-them\n\n")
    t.may_exit = True
    t.server.signal(15)
    eq(t.server.wait_exit(t.patience + 10), 0, "exit status")


@case("10.5", "a record of 16,640 bytes is waited for, and its connection goes on meanwhile")
def largest_record(t):
    start(t)
    stream = tls(t)
    stream.sendall(get())
    until(stream, b": ok\n\n")
    raw_send(stream, b"\x17\x03\x03" + (16_640).to_bytes(2, "big"))
    publish(t, "meanwhile")
    until(stream, b"meanwhile\n\n")


def raw_send(connection, data):
    """Sends bytes below TLS."""
    with socket.socket(fileno=os.dup(connection.fileno())) as raw:
        raw.sendall(data)


def alert(connection):
    try:
        while connection.recv(65536):
            pass
    except ssl.SSLError as e:
        matches("(?i)alert", str(e), "the error of the client")
        return
    raise AssertionError("the connection ended without an alert")


@case("10.5", "a renegotiation is refused")
def renegotiation(t):
    start(t)
    done = subprocess.run(["openssl", "s_client", "-tls1_2", "-connect", f"127.0.0.1:{t.port}"], input=b"R\n",
                          capture_output=True, timeout=t.patience)
    text = (done.stdout + done.stderr).decode(errors="replace")
    eq("RENEGOTIATING" in text, True, "the client has asked")
    eq(done.returncode != 0 or "error" in text.lower() or "closed" in text.lower(), True, "it is refused")


@case("10.5", "a stream goes on after the client has updated its keys, and has asked for the server's")
def key_update(t):
    start(t)
    client = subprocess.Popen(["openssl", "s_client", "-tls1_3", "-connect", f"127.0.0.1:{t.port}"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        client.stdin.write(b"GET /sse HTTP/1.1\r\nHost: x\r\n\r\n")
        client.stdin.flush()
        t.wait(lambda: subscribers(t) == 1, "the stream is open")
        for _ in range(3):
            client.stdin.write(b"K\n")
            client.stdin.flush()
            time.sleep(0.3)
        publish(t, "behind-the-update")
        got = b""
        while b"behind-the-update" not in got:
            data = client.stdout.read1(65536)
            if not data:
                raise AssertionError(f"s_client has ended: {got!r}")
            got += data
        eq(b"KEYUPDATE" in got, True, "the client has updated its keys")
    finally:
        client.kill()
        client.wait()


def subscribers(t):
    with tls(t) as connection:
        connection.sendall(b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                           b"Content-Length: 9\r\n\r\ncomment=x")
        return int(until(connection, b"}").rpartition(b":")[2].rstrip(b"}"))


@case("10.5", "unsubscribe runs when a client closes its half by close_notify, its connection by FIN without one, or resets it")
def ends(t):
    start(t, script=SCRIPT)
    for count, end in enumerate((lambda c: c.unwrap(), lambda c: c.shutdown(socket.SHUT_RDWR), reset), 1):
        stream = tls(t)
        stream.sendall(get())
        until(stream, b": ok\n\n")
        try:
            end(stream)
        except OSError:
            pass
        t.wait(lambda: t.server.output().count("gone") == count, f"unsubscribe {count}")


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@case("10.5", "a stop ends streams over TLS with their last chunk and a close_notify")
def drain(t):
    start(t)
    stream = tls(t)
    stream.sendall(get())
    until(stream, b": ok\n\n")
    t.may_exit = True
    t.server.signal(15)
    got = b""
    while True:
        data = stream.recv(65536)  # an end without close_notify raises
        if not data:
            break
        got += data
    matches(rb"retry: \d+\n\n\r\n0\r\n\r\n\Z", got, "the end")
    eq(t.server.wait_exit(t.patience), 0, "exit status")


@case("10.5", "a new pair of files is used for new connections, a pair that does not fit is an ERROR and changes nothing")
def renewal(t):
    cert, key = start(t)
    first = der(t)
    stream = tls(t)
    stream.sendall(get())
    until(stream, b": ok\n\n")
    new_cert, new_key = certificate(t, "renewed", "rsa:2048")
    replace(cert, new_cert)
    t.server.signal(1)
    t.log("certificate not reloaded.* does not fit", timeout=30)
    eq(der(t), first, "the certificate stays")
    replace(key, new_key)
    t.wait(lambda: der(t) != first, "the new certificate, without a signal", 30)
    publish(t, "still-open")
    until(stream, b"still-open\n\n")


def der(t):
    with tls(t) as connection:
        return connection.getpeercert(binary_form=True)


def replace(path, other):
    with open(other, "rb") as source, open(path, "wb") as target:
        target.write(source.read())


@case("10.5", "at the start a pair that does not fit, half a pair, or tls: without one is one line and status 1 or 2", start=False)
def bad_start(t):
    cert, key = certificate(t)
    _, other = certificate(t, "other")
    for args in (["--tls-cert", cert, "--tls-key", other], ["--tls-cert", cert], ["--tls-key", key],
                 ["--tls-cert", t.path("none"), "--tls-key", key], ["--listen", "tls:127.0.0.1:0"],
                 ["--admin-listen", "tls:127.0.0.1:0"]):
        t.run_to_exit(args) if "--listen" not in args else t.run_to_exit(args, listen=False)
        lines = [line for line in t.server.output() if line.strip()]
        eq(len(lines), 1, f"lines for {args}: {lines}")
        eq(t.server.process.returncode in (1, 2), True, "status")


@case("10.5", "a publish of many records over TLS is taken, however they come in")
def many_records(t):
    start(t, "--max-body-size", "8MB")
    body = b'{"data":"' + 8 * 500_000 * b"x" + b'"}'
    with tls(t) as connection:
        connection.sendall(b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                           + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        matches(r"\AHTTP/1\.1 202 ", until(connection, b'"subscribers"').decode(), "status")
