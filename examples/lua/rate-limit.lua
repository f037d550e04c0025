-- Rate limits: so many messages and so many streams for one address.
--
--   tinysse --script rate-limit.lua
--   for i in $(seq 25); do curl -s -o /dev/null -w '%{http_code} ' -d data=x http://127.0.0.1:1983/sse; done
--                                                # 202 twenty times, then 403, until the ten seconds are over
--   curl -N http://127.0.0.1:1983/sse            # in eleven terminals: the eleventh is refused
--
-- Behind a proxy every request comes from the proxy's address. With --trusted-proxies, req.addr is the client's.
local uuid = require "uuid"

local MESSAGES, SECONDS = 20, 10 -- for one address
local STREAMS = 10
local ADDRESSES = 10000          -- to keep numbers of; the memory is bounded, however many clients connect

-- Of IPv6 the first half: one customer has all addresses of a /64, and would have as many limits. In the text of such an
-- address "::" stands for as many groups of zeros as are missing to eight.
local function network(ip)
  if not ip:find(":", 1, true) then return ip end
  local before, after = ip:match("^(.-)::(.*)$")
  local groups, rest = {}, {}
  for group in (before or ip):gmatch("%x+") do groups[#groups + 1] = group end
  for group in (after or ""):gmatch("%x+") do rest[#rest + 1] = group end
  while #groups < 8 - #rest do groups[#groups + 1] = "0" end
  table.move(rest, 1, #rest, #groups + 1, groups)
  return table.concat(groups, ":", 1, 4)
end

-- Numbers for at most ADDRESSES keys. When there are too many, the rest share one number: unrelated clients then share
-- a limit, but no client avoids the limit and the table does not grow.
local function counter()
  local numbers, keys = {}, 0
  return function(key, step)
    if not numbers[key] and keys >= ADDRESSES then key = "others" end
    local before = numbers[key]
    local now = (before or 0) + step
    numbers[key] = now > 0 and now or nil
    keys = keys + (numbers[key] and 1 or 0) - (before and 1 or 0)
    return now, key
  end
end

local published, window_ends = counter(), 0
local open = counter()
local generation = uuid() -- streams from before a reload are not in these numbers; see presence.lua

function publish(pub)
  local now = os.time()
  if now >= window_ends or now < window_ends - SECONDS then -- the second: somebody has set the clock back
    published, window_ends = counter(), now + SECONDS -- forgets all addresses at once, without a search
  end
  return published(network(pub.req.addr.ip), 1) <= MESSAGES and pub or nil
end

function subscribe(sub)
  local streams, key = open(network(sub.req.addr.ip), 1)
  if streams > STREAMS then
    open(key, -1) -- `unsubscribe` runs only for accepted streams
    return nil
  end
  sub.counted, sub.generation = key, generation
  return sub
end

function unsubscribe(sub)
  if sub.generation == generation then open(sub.counted, -1) end
end
