-- Presence: who is in a room, told to everybody in it.
--
--   tinysse --script presence.lua
--   curl -N 'http://127.0.0.1:1983/sse?room=lobby&name=anna'       # event: presence, data: {"count":1,"names":["anna"]}
--   curl -N 'http://127.0.0.1:1983/sse?room=lobby&name=bob'        # both now see a count of 2; end it and anna sees 1
--   curl -d 'data=hi' 'http://127.0.0.1:1983/sse?room=lobby'       # an ordinary message to the room
local http, json, log, url, uuid = require "http", require "json", require "log", require "url", require "uuid"

local address = os.getenv("SELF_URL") or "http://127.0.0.1:1983/sse" -- see publish-from-lua.lua
local secret = uuid()
local agent = http.agent {
  timeout = 2000,
  headers = { ["content-type"] = "application/json", ["x-from-script"] = secret },
}

local rooms = {}   -- room → name → number of streams, since one person may have several tabs open
local changed = {} -- the rooms that have not been told yet

-- A reload begins with empty rooms, but the streams of before stay open. The mark tells them apart, so that one which was
-- never counted in is not counted out either. They are counted in when they come back.
local generation = uuid()

local function parameter(req, name)
  local value = (url.unquote(req.query)[name] or {})[1]
  return value and #value <= 64 and value:match("^[%w_-]+$") or nil
end

local function count(sub, step)
  local names = rooms[sub.room] or {}
  local streams = (names[sub.name] or 0) + step
  names[sub.name] = streams > 0 and streams or nil
  rooms[sub.room] = next(names) and names -- an empty room leaves nothing behind
  changed[sub.room] = true
end

local function presence(room)
  local names = json.array()
  for name in pairs(rooms[room] or {}) do names[#names + 1] = name end
  table.sort(names)
  return { event = "presence", data = json.encode { count = #names, names = names } }
end

function subscribe(sub)
  sub.room, sub.name = parameter(sub.req, "room"), parameter(sub.req, "name")
  if not (sub.room and sub.name) then return nil end
  sub.generation = generation
  count(sub, 1)
  return sub
end

-- Runs exactly once for every stream that `subscribe` let in, however it ended.
function unsubscribe(sub)
  if sub.generation == generation then count(sub, -1) end
end

-- Who has just come sees at once who is there, without waiting for the next change.
function catchup(sub)
  return { presence(sub.room) }
end

-- Telling in a tick and not in `subscribe` makes one message of a hundred arrivals, and keeps the counts in order, since
-- two ticks never overlap. Other calls run during the post and may change rooms: hence the fresh table.
function tick()
  local todo = changed
  changed = {}
  for room in pairs(todo) do
    local ok, result = pcall(agent.post, agent, address,
      { args = { room = room }, body = json.encode(presence(room)) })
    if not ok or result.status ~= 202 then
      changed[room] = true -- once more with the next tick
      log.warnf("presence in %s was not published: %s", room, ok and result.body or result)
    end
  end
end

-- Everybody may write to a room, but only this script may say who is there.
function publish(pub)
  if pub.msg.event == "presence" and pub.req.headers["x-from-script"] ~= secret then return nil end
  pub.room = parameter(pub.req, "room")
  return pub.room and pub
end

function message(pub, sub)
  return pub.room == sub.room and pub or nil
end
