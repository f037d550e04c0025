-- Publishing from Lua: a clock that sends the time to everybody.
--
--   tinysse --script publish-from-lua.lua --script-tick 1s
--   curl -N http://127.0.0.1:1983/sse                  # one event a second
--   curl -d 'data=noon' http://127.0.0.1:1983/sse      # 403: here only the script publishes
--
-- There is no function that publishes. A script posts to its own server, as everybody does: the same checks, the same
-- `publish` hook, the same response. While it waits for that response other calls run, so this cannot block the server.
local http, json, log, uuid = require "http", require "json", require "log", require "uuid"

-- From the environment and not from `startup(cli)`, because `startup` does not run again when the script is reloaded.
-- Do not take it from a request: a client can write any host into that.
local address = os.getenv("SELF_URL") or "http://127.0.0.1:1983/sse"

-- Only this script knows the word, and a new one is made with every start.
local secret = uuid()

-- An agent keeps its connection for the next request. Without a timeout a request may wait without limit.
local agent = http.agent {
  timeout = 2000,
  headers = { ["content-type"] = "application/json", ["x-from-script"] = secret },
}

function publish(pub)
  return pub.req.headers["x-from-script"] == secret and pub or nil
end

-- The next tick comes `--script-tick` after the end of this one, so a slow response cannot pile them up. If nobody responds,
-- the request raises an error, which the server logs; the next tick tries again.
function tick(count)
  local message = { id = tostring(count), event = "clock", data = os.date("!%H:%M:%S") }
  local response = agent:post(address, { body = json.encode(message) })
  if response.status ~= 202 then log.warnf("the clock was not published: %d %s", response.status, response.body) end
end
