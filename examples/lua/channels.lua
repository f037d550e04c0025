-- Channels: the script authorizes publishers and subscribers.
--
--   tinysse --channels --script channels.lua
--   curl -N http://127.0.0.1:1983/sse/news,sports               # in one terminal: both channels
--   curl -N 'http://127.0.0.1:1983/sse/**'                      # in another: all that are open, and no others
--   curl -d 'data=hello' http://127.0.0.1:1983/sse/news         # in a third: 202, both terminals show it
--   curl -d 'data=hello' http://127.0.0.1:1983/sse/secrets      # 403: not open
--   curl -d 'data=hello' http://127.0.0.1:1983/sse              # 403: no channel
--
-- Without a script, all clients may use any channel whose name they know, or a pattern that matches it.
local OPEN = { news = true, sports = true }

-- The requested channels, as far as they are open. A pattern would also match future channels, so none is permitted
-- but the one for all, which stands for the channels that are open now.
function subscribe(sub)
  local channels = {}
  for _, name in ipairs(sub.channels) do
    if name == "**" then channels = OPEN break end
    if OPEN[name] then channels[name] = true end
  end
  sub.channels = channels
  return next(channels) and sub -- nil refuses the stream with a 403
end

function publish(pub)
  return OPEN[pub.channel] and pub
end
