"""docs/guides/history.md: its commands run, and the script that imports messages does."""

import json
import shlex
import sqlite3
import subprocess

from blackbox.channels import data, last_event_id
from blackbox.repository import blocks, ours, read, section
from conform import case, eq

DOCUMENT = ("docs", "guides", "history.md")


def commands(title):
    return [line for block in blocks(section(read(*DOCUMENT), title), "sh") for line in block.text.splitlines()]


def options(command):
    program, *rest = shlex.split(command, comments=True)
    eq(program, "tinysse", "the program")
    return rest


@case("docs", "each level of the history guide starts with its command, and survives a restart if it is in files", start=False)
def history_levels(t):
    ours(t)
    levels = commands("Durability levels")[:3]
    for level in levels:
        t.start(options(level), cwd=t.dir)
        t.publish(level)
        t.stop()
    t.start(options(levels[-1]), cwd=t.dir)
    eq(data(t.sub("/sse?since=all"), 2), levels[1:], "messages in the files")


@case("docs", "the backup of the history guide contains all messages", start=False)
def history_backup(t):
    ours(t)
    t.start(["--history", "10", "--data-dir", "data"], cwd=t.dir)
    t.publish("stored")
    t.stop()
    for command in commands("Retention") + commands("Backup and restore"):
        eq(subprocess.run(command, shell=True, cwd=t.dir, stdout=subprocess.DEVNULL).returncode, 0, f"status of {command}")
    t.start(["--history", "10", "--data-dir", "backup"], cwd=t.dir)
    eq(data(t.sub("/sse?since=all"), 1), ["stored"], "messages in the backup")


@case("docs", "the script of the history guide imports messages once, and clients resume from their ids", start=False)
def history_import(t):
    ours(t)
    title = "Migration from a script"
    (script,), (command,) = blocks(section(read(*DOCUMENT), title), "lua"), commands(title)
    t.write("import.lua", script.text)
    database = sqlite3.connect(t.path("replay.db"))
    database.execute("create table messages (id integer primary key autoincrement, message text not null)")
    database.executemany("insert into messages (message) values (?)",
                         [(json.dumps({"data": f"old {i}"}),) for i in range(1, 6)])
    database.commit()
    database.close()
    for _ in range(2):
        t.start(options(command), cwd=t.dir)
        eq(data(t.sub(headers=last_event_id("3")), 2), ["old 4", "old 5"], "replay")
        t.stop()
