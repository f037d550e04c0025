-- Publishing from Lua: a clock that sends the time to all streams.
--
--   tinysse --script publish-from-lua.lua --script-tick 1s
--   curl -N http://127.0.0.1:1983/sse                  # one event a second
--   curl -d 'data=noon' http://127.0.0.1:1983/sse      # 403: here only the script publishes
local tinysse = require "tinysse"

-- `tinysse.publish` does not call this hook, so a script that alone may publish rejects all requests.
function publish(pub)
  return nil
end

-- The next tick comes `--script-tick` after the end of this one, so that slow ones cannot pile up. An error, when the server
-- stops for example, is logged.
function tick(count)
  tinysse.publish { id = count, event = "clock", data = os.date("!%H:%M:%S") }
end
