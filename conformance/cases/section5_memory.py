"""Section 5: what a message hook makes for each stream does not fill the memory."""

import threading
import time

from conform import case, eq, ok

STREAMS, MESSAGES, LENGTH = 400, 24, 12000


@case("5.5", "messages that a hook changes for many streams are all delivered in little memory",
      env={"JAVA_OPTS": "-Xmx64m"}, args=["--write-timeout", "60s"],
      script="function message(pub, sub) pub.msg.data = pub.msg.data .. sub.req.addr.port return pub end")
def changed_messages_fit(t):
    streams = [t.sub() for _ in range(STREAMS)]
    text = "x" * LENGTH
    publishers = [threading.Thread(target=lambda: t.publish(text)) for _ in range(MESSAGES)]
    for publisher in publishers:
        publisher.start()
    deadline = time.monotonic() + 60
    missing = set(streams)
    while missing and time.monotonic() < deadline:
        for stream in list(missing):
            stream.fill(time.monotonic())
            if len(stream.body) >= MESSAGES * LENGTH or stream.ended:
                missing.discard(stream)
    for publisher in publishers:
        publisher.join()
    ok(not missing, f"{len(missing)} of {STREAMS} streams wait for messages that were acknowledged")
    eq(sum(bytes(stream.body).count(b"data: x") for stream in streams), STREAMS * MESSAGES, "messages delivered")
