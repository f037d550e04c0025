-- A chat: this script, and the page in static/.
--
--   tinysse --script chat/chat.lua --serve-static-dir chat/static
--   # open http://127.0.0.1:1983/ in two browser windows, or join from a terminal:
--   curl -N http://127.0.0.1:1983/sse
--   curl --data-urlencode 'data=Hello!' 'http://127.0.0.1:1983/sse?name=anna'
--
-- All users may write under any name. auth.lua adds authentication, and rate-limit.lua a rate limit. The history lives in
-- memory here, and new clients receive it, too; replay.lua leaves that to the server.
local json, url = require "json", require "url"

local KEEP = 100       -- messages of history
local NAME, TEXT = 32, 1000 -- at most, in characters

local history = {}
-- Ids go on rising when the server has been restarted, so that a browser that was there before gets all of the new ones.
local last_id = os.time() * 1000

-- Text without control characters, or nil if nothing is left of it or it is too long.
local function plain(text, max)
  text = (text or ""):gsub("%c", " "):gsub("^%s+", ""):gsub("%s+$", "")
  local length = utf8.len(text)
  return length and length > 0 and length <= max and text or nil
end

-- The page shows the error to the author of the message.
local NOTHING_TO_SAY = { status = 400, error = ("a name has 1 to %d characters, a text 1 to %d"):format(NAME, TEXT) }

-- The message is built here from checked values. A client decides neither on the id nor on the kind of event.
function publish(pub)
  local name = plain((url.unquote(pub.req.query).name or {})[1], NAME)
  local text = plain(pub.msg.data, TEXT)
  if not (name and text) then return nil, NOTHING_TO_SAY end
  last_id = last_id + 1
  -- JSON, so that the page can tell name and text apart whatever is in them; it shows both as text, never as HTML
  pub.msg = { id = last_id, data = json.encode { name = name, text = text, time = os.time() } }
  history[#history + 1] = pub.msg
  if #history > KEEP then table.remove(history, 1) end
  return pub
end

-- A new client receives all of the history, a client that reconnects the messages in between: messages reach every stream in the order of their
-- ids, so that a client with one of them has all earlier ones.
function catchup(sub, last_event_id)
  local last = math.tointeger(tonumber(last_event_id or "")) or 0
  local missed = {}
  for _, message in ipairs(history) do
    if message.id > last then missed[#missed + 1] = message end
  end
  return missed
end
