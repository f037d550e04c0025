"""Section 5.3: the package sqlite on the built server: its library, long queries, what is open at the end."""

import os
import signal

from conform import case, eq, matches, ok

KEEP = """
local db = require "sqlite".open("messages.db")
db:query "pragma journal_mode = wal"
db:exec "create table if not exists messages (id integer primary key, data text)"
function publish(pub)
  pub.msg.id = db:exec("insert into messages (data) values (?)", {pub.msg.data}).last_insert_id
  return pub
end"""

QUERY = """
local db = require "sqlite".open(":memory:")
local endless = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) as n from c"
"""


@case("5.3", "sqlite needs no temporary folder", start=False)
def sqlite_without_temporary_folder(t):
    missing = t.path("no/such/folder")
    t.start(script=KEEP, env={"TMPDIR": missing, "JAVA_OPTS": f"-Djava.io.tmpdir={missing}"})
    stream = t.sub()
    t.publish("stored")
    stream.expect("id: 1\ndata: stored")
    ok(not os.path.exists(missing), "the temporary folder has been made")


@case("5.5", "a query that never ends is ended with its call, names the line, and keeps nobody waiting",
      args=["--script-timeout", "500ms"], original="differs: the query never ends", script=QUERY + """
function publish(pub)
  if pub.msg.data == "endless" then pcall(db.query, db, endless) while true do end end
  return pub
end""")
def endless_query(t):
    stream, waiting = t.sub(), t.connect()
    body = b'{"data": "endless"}'
    waiting.send(b"POST /sse HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                 % (len(body), body))
    for i in range(20):
        t.publish(f"m{i}")
        stream.expect(f"data: m{i}")
    eq(waiting.response(t.patience).status, 500, "status of the call")
    t.log(r"ERROR .*publish hook failed: .*hooks\.lua:6: .*time limit exceeded")


@case("5.5", "a query at the top level and in startup has the time of the start, and no more", start=False,
      original="differs: there is no limit")
def long_query_at_the_start(t):
    long = 'db:query((endless:gsub("from c%)", "from c limit 500000)")))\n'
    t.start(["--script-timeout", "1ms"], script=QUERY + long + "function startup() " + long + " print 'started' end")
    t.log("^started$")
    t.stop()
    server, status = t.run_to_exit(["--startup-timeout", "200ms"], script=QUERY + "db:query(endless)")
    eq(status, 1, "exit status")
    matches(r"hooks\.lua:4: time limit exceeded", "\n".join(server.output()), "output")


@case("5.3", "databases are closed at a stop", script=KEEP, original="differs: dies by the signal")
def sqlite_closed_at_a_stop(t):
    t.publish("stored")
    ok(os.path.exists(t.path("messages.db-wal")), "there is no write-ahead log")
    t.may_exit = True
    t.server.signal(signal.SIGTERM)
    eq(t.server.wait_exit(15), 0, "exit status")
    eq(sorted(name for name in os.listdir(t.dir) if name.startswith("messages")), ["messages.db"], "files")
