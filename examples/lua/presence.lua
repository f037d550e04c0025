-- Presence: the number of users in a room, sent to all of its streams at each change.
--
--   tinysse --channels --script presence.lua
--   curl -N http://127.0.0.1:1983/sse/room.lobby               # event: presence, data: {"count":1}
--   curl -N http://127.0.0.1:1983/sse/room.lobby               # both now see a count of 2; end it and the first sees 1
--   curl -d 'data=hi' http://127.0.0.1:1983/sse/room.lobby     # an ordinary message to the room
--   curl -d 'event=presence&data=9' http://127.0.0.1:1983/sse/room.lobby   # 403: only the script may say that
--   curl -N http://127.0.0.1:1983/sse                          # 403: no room
--
-- The server counts, so that nothing has to be remembered: after a reload, or when a client's connection has timed out, the
-- number is right.
local json, tinysse = require "json", require "tinysse"

local changed = {} -- the rooms that have not been notified yet

local function is_room(channel)
  return channel:find("^room%.[%w_-]+$") ~= nil
end

local function mark(sub)
  for _, room in ipairs(sub.channels) do changed[room] = true end
end

function subscribe(sub)
  for _, channel in ipairs(sub.channels) do
    if not is_room(channel) then return nil end -- a pattern would be in rooms without being visible there
  end
  return sub
end

-- In `subscribe` the stream does not count yet; `catchup` runs when it does, and returns nothing to send.
function catchup(sub)
  mark(sub)
end

-- Runs exactly once for every stream that `subscribe` let in, however it ended.
function unsubscribe(sub)
  mark(sub)
end

-- Publishing in a tick and not in `subscribe` makes one message of a hundred arrivals, and keeps the counts in order, since two
-- ticks never overlap. Other calls run while `publish` waits, and may mark rooms: hence the fresh table.
function tick()
  local todo = changed
  changed = {}
  for room in pairs(todo) do
    tinysse.publish({ event = "presence", data = json.encode { count = tinysse.subscribers(room) } }, room)
  end
end

-- All users may write to a room, but only this script reports presence. `tinysse.publish` does not call this hook.
function publish(pub)
  return is_room(pub.channel) and pub.msg.event ~= "presence" and pub or nil
end
