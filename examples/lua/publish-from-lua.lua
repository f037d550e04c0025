-- Publishing from Lua: a clock that sends the time to everybody.
--
--   tinysse --script publish-from-lua.lua --script-tick 1s
--   curl -N http://127.0.0.1:1983/sse                  # one event a second
--   curl -d 'data=noon' http://127.0.0.1:1983/sse      # 403: here only the script publishes
local tinysse = require "tinysse"

-- What a script publishes does not come by here, so a script that wants to publish alone refuses everybody.
function publish(pub)
  return nil
end

-- The next tick comes `--script-tick` after the end of this one, so that slow ones cannot pile up. An error, when the server
-- stops for example, is logged.
function tick(count)
  tinysse.publish { id = count, event = "clock", data = os.date("!%H:%M:%S") }
end
