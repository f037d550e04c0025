"""The heap: sizes that an operator chooses, and one that is full, which ends the process so that it can be started again."""

import os
import shlex
import shutil
import time

from blackbox.fixtures import FORM
from blackbox.repository import ours, read
from blackbox.systemd import Unit
from blackbox.wire import request_bytes
from conform import Fail, case, eq, lacks, matches

HEAP = "-Xmx64m"
FULL = 3
MISTAKE = 2
SIZES = (
    "-Xms8m", "-Xmn64m", "-XX:NewSize=64m", "-XX:MinHeapSize=64m", "-Xmx64m",
    "-Xmx40m", "-Xmx40960k", "-Xmx33554432", "-XX:MaxHeapSize=32m", "-Xmx512m -Xmx32m", "-XX:+UseG1GC -Xmx40m",
    "-XX:MaxRAM=32m",  # as little as there may be with the sizes of the launcher
    "-XX:MinHeapFreeRatio=40", "-XX:MaxHeapFreeRatio=50",
    "-Xms1m -Xmx24m", "-Xms8m -Xmn7m", "-Xmx48m -Xmn47m", "-Xmx64m -Xmn64m",  # without room for the cache
)


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


@case("deploy", "sizes of the heap in the JVM's options are taken as they are, small ones, too", start=False)
def heap_sizes(t):
    ours(t)
    for sizes in SIZES:
        starts(t, "JAVA_OPTS", sizes)
    for variable in ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"):
        starts(t, variable, "-Xmx32m")
        starts(t, variable, "-XX:+UseG1GC -Xmx32m")


@case("deploy", "a cache or an archive that the operator chooses takes the place of the image's", start=False)
def chosen_cache(t):
    ours(t)
    for choice in ("-Xshare:off", "-XX:SharedArchiveFile=none", "-XX:AOTCache=none", "-XX:AOTMode=off", "-XX:AOTMode=auto"):
        starts(t, "JAVA_OPTS", choice)


def starts(t, variable, options):
    environment = {variable: options}
    server, status = t.run_to_exit(["pub", "--help"], listen=False, env=environment)  # has an archive and not the cache
    eq(status, 0, f"exit status of pub with {variable}={options}: {server.output('err')[-2:]}")
    t.start(env=environment)
    t.publish("well")
    t.stop()


@case("deploy", "a colon in the path of the image is named at the start", start=False)
def image_path(t):
    ours(t)
    folder = os.path.join(t.dir, "a:b", "bin")
    os.makedirs(folder)
    command = shlex.join([shutil.copy(shlex.split(t.options.server)[0], folder)])
    server, status = t.run_to_exit(command=command)
    eq(status, MISTAKE, "exit status")
    matches("path of the image must have no colon.*: .*/a:b$", "\n".join(server.output("err")), "standard error")
