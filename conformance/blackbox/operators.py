"""The listener for operators, as the cases about it use it."""

import re

from .wire import Connection, request_bytes

TOKEN = "t0ken-of-operators"
ADMIN = ["--admin-listen", "127.0.0.1:0"]
WITH_TOKEN = [*ADMIN, "--admin-token-file", "@DIR@/token"]
TOKEN_FILE = {"token": f" {TOKEN}\n"}


def admin_port(t):
    """Its port, which the log tells."""
    line = t.log(r"Admin listening on 127\.0\.0\.1:\d+")[-1]
    return int(re.search(r"127\.0\.0\.1:(\d+)", line).group(1))


def ask(t, method, path, headers=(), body=None):
    """The response to a request of an operator."""
    connection = Connection(admin_port(t))
    t.open.append(connection)
    try:
        connection.send(request_bytes(method, path, headers, body))
        return connection.response(t.patience, method)
    finally:
        connection.close()


def bearer(token=TOKEN):
    return {"Authorization": f"Bearer {token}"}
