-- Channels: a stream opened with ?channel=NAME gets what is published with the same query, and nothing else.
--
--   tinysse --script channels.lua
--   curl -N 'http://127.0.0.1:1983/sse?channel=news'                  # in one terminal
--   curl -N 'http://127.0.0.1:1983/sse?channel=news&channel=sports'   # in another: both channels
--   curl -d 'data=hello' 'http://127.0.0.1:1983/sse?channel=news'     # in a third: 202, both terminals show it
--   curl -d 'data=hello' http://127.0.0.1:1983/sse                    # 403: no channel
local url = require "url"

-- The query is what a stranger typed: take it apart with url.unquote, which decodes %20 and the like, and let only plain
-- short names through. Every name may stand there several times, so each value is an array.
local function channels(req)
  local names = {}
  for _, name in ipairs(url.unquote(req.query).channel or {}) do
    if #name <= 64 and name:find("^[%w_-]+$") then names[#names + 1] = name end
  end
  return names
end

function publish(pub)
  pub.channel = channels(pub.req)[1]
  return pub.channel and pub -- nil refuses the message with a 403
end

-- What is worked out here once need not be worked out again for every message.
function subscribe(sub)
  sub.channels = {}
  for _, name in ipairs(channels(sub.req)) do sub.channels[name] = true end
  return next(sub.channels) and sub
end

function message(pub, sub)
  return sub.channels[pub.channel] and pub -- nil passes this stream over
end
