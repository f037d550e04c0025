-- Replay: who comes back gets what was published in the meantime, also after a restart of the server.
--
--   tinysse --script replay.lua
--   curl -d 'data=one' http://127.0.0.1:1983/sse                      # is kept, although nobody listens
--   curl -N -H 'Last-Event-ID: 0' http://127.0.0.1:1983/sse           # everything that is kept, then what comes
--   curl -N http://127.0.0.1:1983/sse                                 # a newcomer: only what comes
--
-- A browser's EventSource remembers the last id and sends it by itself when it reconnects.
local json, mutex, sqlite = require "json", require "mutex", require "sqlite"

local KEEP = 1000 -- messages; who was away for longer misses the oldest

local db = sqlite.open(os.getenv("REPLAY_DB") or "replay.db")
db:query("pragma journal_mode = wal") -- a commit costs one write, and readers do not wait for it
db:exec("pragma synchronous = normal")
-- autoincrement: an id is never given twice, even if the table has been emptied
db:exec("create table if not exists messages (id integer primary key autoincrement, message text not null)")

-- Two publishers may be in here at the same time, for the database is waited for. Under the lock the message with the lower
-- id also leaves this hook first: a client that has seen id 7 must not be missing id 6.
local lock = mutex()

function publish(pub)
  lock(function()
    -- `?` and an array, never text put together: that is what keeps a message from being run as SQL
    pub.msg.id = db:exec("insert into messages (message) values (?)", { json.encode(pub.msg) }).last_insert_id
    db:exec("delete from messages where id <= ?", { pub.msg.id - KEEP })
  end)
  return pub
end

-- Messages that are published while this runs are not lost and do not come twice: the server knows the ids it has sent.
function catchup(sub, last_event_id)
  -- the id is what a client says it is; what is no number gets no replay
  local last = math.tointeger(tonumber(last_event_id or ""))
  if not last then return nil end
  local missed = {}
  for _, row in ipairs(db:query("select id, message from messages where id > ? order by id", { last })) do
    local message = json.decode(row.message)
    message.id = row.id
    missed[#missed + 1] = message
  end
  return missed
end
