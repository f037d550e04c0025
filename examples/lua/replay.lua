-- Replay: who comes back gets what was published in the meantime, also after a restart of the server.
--
--   tinysse --script replay.lua
--   curl -d 'data=one' http://127.0.0.1:1983/sse                      # is kept, although nobody listens
--   curl -N -H 'Last-Event-ID: 0' http://127.0.0.1:1983/sse           # everything that is kept, then what comes
--   curl -N http://127.0.0.1:1983/sse                                 # a newcomer: only what comes
--
-- A browser's EventSource remembers the last id and sends it by itself when it reconnects.
local http, json, mutex, sqlite, uuid =
  require "http", require "json", require "mutex", require "sqlite", require "uuid"

local address = os.getenv("SELF_URL") or "http://127.0.0.1:1983/sse" -- see publish-from-lua.lua
local secret = uuid()
local agent = http.agent {
  timeout = 5000,
  headers = { ["content-type"] = "application/json", ["x-from-script"] = secret },
}

local KEEP = 1000 -- messages; who was away for longer misses the oldest

local db = sqlite.open(os.getenv("REPLAY_DB") or "replay.db")
db:query("pragma journal_mode = wal") -- a commit costs one write
db:exec("pragma synchronous = normal")
-- autoincrement: an id is never given twice, even if the table has been emptied
db:exec("create table if not exists messages (id integer primary key autoincrement, message text not null)")

-- Messages must go out in the order of their ids: a client that has seen 7 is sent what is above 7 when it comes back, so 6
-- must not be on its way still. But several calls of `publish` wait for the database at the same time, and one that returns
-- first may be overtaken on the way to the streams. So each message is stored and then posted to this very server, one
-- after the other; the answer says that it is in the queue.
local lock = mutex()

function publish(pub)
  if pub.req.headers["x-from-script"] == secret then return pub end
  lock(function()
    -- `?` and an array, never text put together: that is what keeps a message from being run as SQL
    local id = db:exec("insert into messages (message) values (?)", { json.encode(pub.msg) }).last_insert_id
    db:exec("delete from messages where id <= ?", { id - KEEP })
    pub.msg.id = tostring(id)
    local answer = agent:post(address, { body = json.encode(pub.msg) })
    if answer.status ~= 202 then error("not published: " .. answer.status .. " " .. answer.body) end
  end)
  pub.msg = {} -- it has gone out already; a message without a field goes to nobody, and the publisher gets its 202
  return pub
end

-- Also under the lock, or else this could find a message that is stored and not in the queue yet, and the stream would get
-- it a second time from there. What is in the queue already does not come twice: the server knows the ids it has sent.
function catchup(sub, last_event_id)
  -- the id is what a client says it is; what is no number gets no replay
  local last = math.tointeger(tonumber(last_event_id or ""))
  if not last then return nil end
  local rows = lock(function()
    return db:query("select id, message from messages where id > ? order by id", { last })
  end)
  local missed = {}
  for i, row in ipairs(rows) do
    missed[i] = json.decode(row.message)
    missed[i].id = row.id
  end
  return missed
end
