"""Section 8: history in files, and what happens to files."""

import glob
import os
import random
import shlex
import shutil
import signal
import subprocess
import threading

from blackbox.channels import OURS, data, event, gap, last_event_id, many
from conform import Fail, Skip, case, eq, lacks, ok, request_bytes

FILES = ["--channels", "--history", "1000", "--data-dir", "@DIR@/data"]
# the server's own mounts: a file system of 1 MB at the data directory
SMALL_DISK = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
              'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"']


def kill(t):
    t.may_exit = True
    t.server.signal(signal.SIGKILL)
    t.server.wait_exit(10)


def newest_segment(t):
    return sorted(glob.glob(t.path("data/*.log")))[-1]


def warnings(t):
    return [line for line in t.server.output() if " WARN " in line and "unauthenticated" not in line]


@case("8", "what was acknowledged is there after a kill -9, in order, before and after new messages, and positions rise",
      start=False, original=OURS)
def killed(t):
    acknowledged, chance = [], random.Random(7)
    for _ in range(3):
        t.start(FILES)
        stream = t.sub("/sse?since=all")
        eq(data(stream, len(acknowledged)), [text for _, text in acknowledged], "replay")
        killed_after = len(acknowledged) + chance.randint(20, 120)

        def publish():
            try:
                while True:
                    text = f"m {len(acknowledged)}"
                    acknowledged.append((t.publish(text)["id"], text))
            except (Fail, OSError):
                pass  # the server has gone

        publisher = threading.Thread(target=publish)
        publisher.start()
        t.wait(lambda: len(acknowledged) >= killed_after, "messages are published")
        kill(t)
        publisher.join(10)
        # messages under way may be there, too: they were written, but not acknowledged
        t.start(FILES)
        kept = t.sub("/sse?since=all")
        eq(data(kept, len(acknowledged)), [text for _, text in acknowledged], "what was acknowledged")
        text = f"m {len(acknowledged)} then"
        acknowledged_after = t.publish(text)["id"]
        known = t.sub(headers=last_event_id(acknowledged[-1][0]))
        seen = data(known, 1)
        if seen != [text]:  # what was under way
            eq(seen + data(known, 1), [f"m {len(acknowledged)}", text], "behind the last that was acknowledged")
            acknowledged.append((None, seen[0]))
        acknowledged.append((acknowledged_after, text))
        kill(t)
    ids = [own for own, _ in acknowledged if own]
    eq(len(set(ids)), len(ids), "different ids")


@case("8", "after an epoch change the gap is sent once: ids of the replay are valid in the new epoch, also after a kill",
      start=False, original=OURS)
def replayed_ids(t):
    t.start(FILES)
    ids = [t.publish(str(i), "/sse/a")["id"] for i in range(3)]
    t.publish("own", "/sse/a", id="order-8")
    t.publish("sent on", "/sse/b", id=ids[1])
    t.stop()
    shutil.copytree(t.path("data"), t.path("copy"))
    files = [arg.replace("data", "copy") if "@DIR@" in arg else arg for arg in FILES]
    t.start(files)
    kill(t)
    t.start(files)
    told, stored = [], ["0", "1", "2", "own"]
    for former in (ids[0], ids[2]):
        stream = t.sub("/sse/a", headers=last_event_id(former))
        exact, value = gap(stream, "a")
        eq((value["after"], value["reason"]), (former, "epoch"), "gap")
        told = [event(stream.block()) for _ in stored]
        eq([fields["data"] for fields in told], stored, "replay")
        eq(data(t.sub("/sse/a", headers=last_event_id(exact)), 4), stored, "behind the gap")
    ok(len({fields["id"][:8] for fields in told[:3]} | {exact[:8]}) == 1, f"one epoch: {told}")
    ok(told[0]["id"][:8] != ids[0][:8], "the epoch is new")
    eq(told[3]["id"], "order-8", "a publisher's id")
    last = t.publish("last", "/sse/a")["id"]
    eq(last[:8], exact[:8], "epoch of a new message")
    for number, fields in enumerate(told):
        eq(data(t.sub("/sse/a", headers=last_event_id(fields["id"])), 4 - number), [*stored, "last"][number + 1:],
           f"behind {fields['id']}")
    again = t.sub("/sse/b", headers=last_event_id(ids[1]))
    t.publish("b", "/sse/b")
    eq(data(again, 1), ["b"], "behind a publisher's id that has the form of a former one")
    kill(t)
    t.start(files)
    t.publish("after a kill", "/sse/a")
    eq(data(t.sub("/sse/a", headers=last_event_id(told[0]["id"])), 5), [*stored[1:], "last", "after a kill"], "after a kill")
    eq(sum("copied or restored" in line for line in warnings(t)), 0, "warnings")


@case("8", "a copied directory has another epoch: streams resumed with an older id get a gap", start=False,
      original=OURS)
def copied_directory(t):
    t.start(FILES)
    ids = [t.publish(str(i))["id"] for i in range(4)]
    t.stop()
    shutil.copytree(t.path("data"), t.path("copy"))
    t.start([arg.replace("/data", "/copy") for arg in FILES])
    t.log(r" WARN .*copied or restored")
    stream = t.sub(headers=last_event_id(ids[1]))
    exact, told = gap(stream, "default")
    eq((told["after"], told["reason"]), (ids[1], "epoch"), "gap")
    eq(data(stream, 4), ["0", "1", "2", "3"], "the whole history")
    own = t.publish("4")["id"]
    ok(own.split("-")[0] != ids[0].split("-")[0], f"the same epoch: {own}")
    eq(data(t.sub(headers=last_event_id(exact)), 5), ["0", "1", "2", "3", "4"], "replay after the id of the gap")
    t.stop()
    t.start(FILES)
    eq(data(t.sub(headers=last_event_id(ids[1])), 2), ["2", "3"], "replay from the original")
    eq(warnings(t), [], "warnings about the original")


@case("8", "an append that was not finished is cut off with one warning that says how much, and is no gap", start=False,
      original=OURS)
def torn_tail(t):
    t.start(FILES)
    ids = [t.publish(str(i))["id"] for i in range(5)]
    kill(t)
    with open(newest_segment(t), "r+b") as segment:
        end = len(segment.read().rstrip(b"\0"))
        segment.seek(end - 40)  # a part of the last record
        segment.write(b"\0" * 40)
    t.start(FILES)
    t.log(r" WARN .*\btruncated \d+ bytes")
    eq(len(warnings(t)), 1, "warnings")
    stream = t.sub(headers=last_event_id(ids[1]))
    eq(data(stream, 2), ["2", "3"], "replay")
    t.publish("next")
    eq(data(stream, 1), ["next"], "next message")


@case("8", "a damaged record is not served, but what is behind it, with a gap", start=False, original=OURS)
def damaged_record(t):
    t.start(FILES)
    ids = [t.publish(f"message {i}")["id"] for i in range(5)]
    kill(t)
    with open(newest_segment(t), "r+b") as segment:
        at = segment.read().index(b"message 2")
        segment.seek(at)
        segment.write(b"M")
    t.start(FILES)
    t.log(r" WARN .*damaged")
    stream = t.sub(headers=last_event_id(ids[0]))
    _, told = gap(stream, "default")
    eq(told["reason"], "expired", "reason")
    eq(data(stream, 3), ["message 1", "message 3", "message 4"], "what is left")
    eq(data(t.sub(headers=last_event_id(ids[3])), 1), ["message 4"], "behind it there is no gap")


def cut_off(path, length):
    with open(path, "r+b") as segment:
        segment.truncate(length)


def copy_over(source, target):
    """Copies what is in a directory into the files of another, which stay the same files."""
    subprocess.run(["cp", "-a", source + "/.", target + "/"], check=True)


@case("8", "a file that was cut off after a stop, at the end of a record or within one, is a warning and a gap, and stays one",
      start=False, original=OURS)
def cut_off_after_a_stop(t):
    t.start(FILES)
    ids, ends = [], []
    for i in range(6):
        ids.append(t.publish(str(i))["id"])
        with open(newest_segment(t), "rb") as segment:
            ends.append(len(segment.read().rstrip(b"\0")))
    t.stop()
    for end, left in ((ends[4] - 9, 4), (ends[2], 3)):
        cut_off(newest_segment(t), end)
        for _ in range(2):  # after another restart, too
            t.start(FILES)
            t.log(r" WARN .*\bdamaged\b")
            eq(data(t.sub("/sse?since=all"), left), [str(i) for i in range(left)], "what is left")
            for last in (ids[0], ids[left], ids[5]):
                gap(t.sub(headers=last_event_id(last)), "default")
            t.stop()
    t.start(FILES)
    own = t.publish("next")["id"]
    ok(own.split("-")[0] != ids[0].split("-")[0], f"the same epoch: {own}")
    ok(own.split("-")[1] > ids[5].split("-")[1], f"a position that is not greater: {own} behind {ids[5]}")
    kill(t)
    t.start(FILES)
    gap(t.sub(headers=last_event_id(ids[5])), "default")
    eq(own.split("-")[0], t.publish("last")["id"].split("-")[0], "epoch")
    eq(data(t.sub(headers=last_event_id(own)), 1), ["last"], "later replay")


@case("8", "a file that was cut off after a kill -9, by more than the last append, is a warning and a gap", start=False,
      original=OURS)
def cut_off_after_a_kill(t):
    t.start(FILES)
    ids, ends = [], []
    for i in range(6):
        ids.append(t.publish(str(i))["id"])
        with open(newest_segment(t), "rb") as segment:
            ends.append(len(segment.read().rstrip(b"\0")))
    kill(t)
    cut_off(newest_segment(t), ends[2])
    t.start(FILES)
    t.log(r" WARN .*\bdamaged\b")
    for last in (ids[0], ids[2], ids[3], ids[5]):
        gap(t.sub(headers=last_event_id(last)), "default")
    eq(data(t.sub("/sse?since=all"), 3), ["0", "1", "2"], "what is left")


@case("8", "a backup that is copied over the files has another epoch, made of a stopped server or of a running one", start=False,
      original=OURS)
def backup_copied_over(t):
    given = []
    for running in (False, True):
        t.start(FILES)
        known = t.publish("known")["id"]
        if not running:
            t.stop()
        shutil.rmtree(t.path("backup"), ignore_errors=True)
        subprocess.run(["cp", "-a", t.path("data"), t.path("backup")], check=True)
        if not running:
            t.start(FILES)
        noted = os.stat(t.path("data/progress")).st_ino
        # what tells the copy is a file that the server renews some twenty times a second, while there are publishes
        t.wait(lambda: given.append(t.publish("later")["id"]) or os.stat(t.path("data/progress")).st_ino != noted,
               "the progress stands in another file")
        kill(t)
        copy_over(t.path("backup"), t.path("data"))
        t.start(FILES)
        t.log(r" WARN .*copied or restored")
        for last in (known, given[-1]):
            eq(gap(t.sub(headers=last_event_id(last)))[1]["reason"], "epoch", f"reason, running: {running}")
        own = t.publish("after")["id"]
        ok(own.split("-")[0] not in [i.split("-")[0] for i in given], f"an epoch of before: {own}")
        ok(own.split("-")[1] > max(i.split("-")[1] for i in given), f"a position of before: {own}")
        t.stop()
        t.start(FILES)
        eq(warnings(t), [], "warnings after another restart")
        t.stop()


@case("8", "when the data directory is removed, publishing fails as after a failed sync, with one error in the log", start=False,
      original=OURS)
def directory_removed(t):
    t.start(FILES)
    stream = t.sub()
    t.publish("first")
    eq(data(stream, 1), ["first"], "before")
    shutil.rmtree(t.path("data"))
    t.wait(lambda: t.get("/healthz").status == 503, "the server is unwell", 15)
    eq([t.post_json({"data": "lost"}).status for _ in range(3)], [503] * 3, "status")
    t.wait(lambda: any(" ERROR " in line for line in t.server.output()), "the error is logged")
    errors = [line for line in t.server.output() if " ERROR " in line]
    eq(len(errors), 1, "errors in the log")
    ok("data directory has been removed" in errors[0] and t.path("data") in errors[0], f"error: {errors[0]}")
    ok(not stream.ended, "the stream has ended")
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    lacks("lost", stream.to_end(15), "what the stream got")
    eq(t.server.wait_exit(15), 0, "exit status")
    t.start(FILES)
    t.publish("again")


@case("8", "on a full disk a publish is a 507 and nobody gets it; streams go on, and with room again publishing works",
      start=False, original=OURS)
def full_disk(t):
    disk = t.path("data")
    os.mkdir(disk)
    if not shutil.which("unshare") or subprocess.run([*SMALL_DISK, disk, "true"], capture_output=True).returncode:
        raise Skip("needs unshare, and the right to mount")
    command = shlex.join([*SMALL_DISK, disk]) + " " + t.options.server
    t.start(FILES, command=command)
    filler = f"/proc/{t.server.pid}/root{disk}/filler"
    with open(filler, "wb") as out:
        out.write(b"x" * 300_000)
    stream, kept = t.sub(), []
    while (response := t.post_json({"data": f"{len(kept)}" + " " * 4000})).status == 202:
        kept.append(str(len(kept)))
        ok(len(kept) < 1000, "the disk does not get full")
    eq((response.status, response.json()), (507, {"error": "history is full"}), "response")
    eq([t.post_json({"data": " " * 4000}).status for _ in range(5)], [507] * 5, "status of others")
    eq(t.get("/healthz").status, 200, "health")
    eq([text.strip() for text in data(stream, len(kept))], kept, "what the stream got")
    t.log(r" WARN .*was not published")
    eq(len([line for line in warnings(t) if "was not published" in line and "more times" not in line]), 1, "warnings")
    os.remove(filler)
    own = t.wait(lambda: (r := t.post_json({"data": "room"})).status == 202 and r.json()["id"], "room again")
    eq(data(stream, 1), ["room"], "next message")
    replayed = t.sub("/sse?since=all")
    eq([text.strip() for text in data(replayed, len(kept) + 1)], [*kept, "room"], "replay")
    t.publish("live")
    eq(data(t.sub(headers=last_event_id(own)), 1), ["live"], "replay behind the last")


# a disk whose syncs fail while a file is there
FAILING_SYNCS = r"""
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
static int sync_or_fail(long call, int fd) {
    if (access(getenv("SYNCS_FAIL"), F_OK) == 0) { errno = EIO; return -1; }
    return syscall(call, fd);
}
int fsync(int fd) { return sync_or_fail(SYS_fsync, fd); }
int fdatasync(int fd) { return sync_or_fail(SYS_fdatasync, fd); }
"""


@case("8", "a failed sync is a 503 for every later publish, one error in the log and an unwell server, until it is started again",
      start=False, original=OURS)
def failed_sync(t):
    if not shutil.which("cc"):
        raise Skip("needs a C compiler")
    library, failing = t.path("syncs.so"), t.path("failing")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, t.write("syncs.c", FAILING_SYNCS)], check=True)
    t.start(FILES, env={"LD_PRELOAD": library, "SYNCS_FAIL": failing})
    stream = t.sub()
    first = t.publish("first")["id"]
    eq(data(stream, 1), ["first"], "before")
    eq(t.get("/healthz").status, 200, "health before")
    open(failing, "w").close()
    eq([t.post_json({"data": "lost"}).status for _ in range(3)], [503] * 3, "status")
    os.remove(failing)
    eq(t.post_json({"data": "lost"}).status, 503, "status when syncs work again")
    eq(t.get("/healthz").status, 503, "health")
    errors = lambda: [line for line in t.server.output() if " ERROR " in line]
    t.wait(errors, "an error is logged")
    eq(len(errors()), 1, "errors in the log")
    ok(not stream.ended, "the stream has ended")
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    lacks("lost", stream.to_end(15), "what the stream got")
    eq(t.server.wait_exit(15), 0, "exit status")
    t.start(FILES)
    again = t.sub(headers=last_event_id(first))
    t.publish("next")
    got = data(again, 1)
    if got == ["lost"]:  # may be there: whether the disk has it is unknown
        got = data(again, 1)
    eq(got, ["next"], "after a restart")


@case("8", "200 clients that resume 10,000 messages at once get them all from a server with 256 MB of heap",
      args=["--history", "20000", "--max-body-size", "8MB"], env={"JAVA_OPTS": "-Xmx256m"}, original=OURS)
def many_come_back(t):
    first = t.publish("first")["id"]
    many(t, 10_000, size=100)
    counts = [0] * 200
    failed = []

    def read(number):
        try:
            connection = t.connect()
            connection.send(request_bytes("GET", "/sse", last_event_id(first), close=False))
            connection.sock.settimeout(60)
            last, rest = -1, b""
            while counts[number] < 10_000:
                rest += connection.sock.recv(1 << 16)
                *lines, rest = rest.split(b"\n")
                for line in lines:
                    if line.startswith(b"data: "):
                        got = int(line[6:])
                        if got != last + 1:
                            raise Fail(f"{got} behind {last}")
                        last = got
                        counts[number] += 1
        except Exception as e:  # of whatever kind: the thread must not end without a trace
            failed.append(e)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(len(counts))]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(120)
    eq(failed[:1], [], "failures")
    eq(set(counts), {10_000}, "messages")
    eq(t.publish("live")["subscribers"], 200, "subscribers")
