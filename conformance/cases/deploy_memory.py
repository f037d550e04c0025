"""The heap: sizes that an operator chooses, and one that is full, which ends the process so that it can be started again."""

import time

from blackbox.fixtures import FORM
from blackbox.repository import ours, read
from blackbox.systemd import Unit
from blackbox.wire import request_bytes
from conform import Fail, case, eq, lacks, matches

HEAP = "-Xmx64m"
FULL = 3


def publish_until_it_ends(t, body):
    """Publishes, whatever the response, until it takes no connection any more."""
    end, request = time.monotonic() + 60, request_bytes("POST", "/sse", {"Content-Type": FORM}, body, close=False)
    connection = t.connect()
    while time.monotonic() < end:
        try:
            connection.send(request)
            connection.response(t.patience, "POST")
        except (Fail, OSError):
            try:
                connection = t.connect()
            except OSError:
                return
    raise Fail(f"it still runs with a full heap: {t.server.output()[-1:]}")


@case("deploy", "a heap that is full ends the process with a line and a status upon which the unit starts it again",
      start=False)
def full_heap(t):
    ours(t)
    t.may_exit = True
    server = t.start(["--capacity", "1048576", "--write-timeout", "0s"], env={"JAVA_OPTS": HEAP})
    t.sub(receive_buffer=4096)  # does not read
    publish_until_it_ends(t, b"data=" + b"x" * 60000)
    eq(server.wait_exit(t.patience), FULL, "exit status")
    matches("OutOfMemoryError: Java heap space", "\n".join(server.output("err")), "standard error")
    lacks(str(FULL), " ".join(Unit(read("deploy", "tinysse.service")).all("RestartPreventExitStatus")), "statuses that are final")


@case("deploy", "sizes of the heap in JAVA_OPTS are taken as they are", start=False)
def heap_sizes(t):
    ours(t)
    for sizes in ("-Xms8m", "-Xmn64m", "-XX:NewSize=64m", "-Xmx64m"):
        t.start(env={"JAVA_OPTS": sizes})
        t.publish("well")
        t.stop()
