"""The admin listener, as the cases about it use it."""

import re

from .checks import eq, ok
from .wire import Connection, request_bytes

TOKEN = "t0ken-of-operators"
ADMIN = ["--admin-listen", "127.0.0.1:0"]
WITH_TOKEN = [*ADMIN, "--admin-token-file", "@DIR@/token"]
TOKEN_FILE = {"token": f" {TOKEN}\n"}


def admin_port(t):
    """Its port, which the log tells."""
    line = t.log(r"Admin listening on 127\.0\.0\.1:\d+")[-1]
    return int(re.search(r"127\.0\.0\.1:(\d+)", line).group(1))


def ask(t, method, path, headers=(), body=None, source=None):
    """The response to a request of an operator, from an address of this machine."""
    connection = Connection(admin_port(t), source=source)
    t.open.append(connection)
    try:
        connection.send(request_bytes(method, path, headers, body))
        return connection.response(t.patience, method)
    finally:
        connection.close()


def bearer(token=TOKEN):
    return {"Authorization": f"Bearer {token}"}


def scrape(t, headers=()):
    response = ask(t, "GET", "/metrics", headers)
    eq(response.status, 200, "status of /metrics")
    return response


def values(t):
    """All values by name and labels, as they stand in the text."""
    found = {}
    for line in scrape(t).text.splitlines():
        if not line.startswith("#"):
            name, _, value = line.rpartition(" ")
            ok(name not in found, f"{name} is there twice")
            found[name] = float(value)
    return found


def settle(t, wanted, what):
    """Waits until metrics are as counted, and tells the difference if they do not become so."""
    seen = {}

    def reached():
        seen.update(values(t))
        return all(seen.get(name) == value for name, value in wanted.items())
    try:
        t.wait(reached, what)
    except Exception:
        eq({name: seen.get(name) for name in wanted}, wanted, what)
