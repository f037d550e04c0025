-- Tests of rate-limit.lua:  tinysse test rate-limit_test.lua
--
-- They set the clock: scripts under test share the libraries with the test, so this `os.time` is what rate-limit.lua calls.
local now = 1000
os.time = function() return now end

local function from(ip) return { req = { addr = { ip = ip, port = 50000 } } } end

local function accepted(script, ip, times)
  local count = 0
  for _ = 1, times do
    if script.publish(publication(from(ip))) then count = count + 1 end
  end
  return count
end

function test_takes_twenty_messages_of_one_address()
  equal(accepted(hooks "rate-limit.lua", "192.0.2.1", 25), 20)
end

function test_does_not_mix_up_addresses()
  local script = hooks "rate-limit.lua"
  accepted(script, "192.0.2.1", 25)
  equal(accepted(script, "192.0.2.2", 1), 1)
end

function test_takes_more_after_ten_seconds()
  local script = hooks "rate-limit.lua"
  accepted(script, "192.0.2.1", 25)
  now = now + 9
  equal(accepted(script, "192.0.2.1", 1), 0)
  now = now + 1
  equal(accepted(script, "192.0.2.1", 1), 1)
end

function test_takes_one_network_of_ipv6_for_one_address()
  local script = hooks "rate-limit.lua"
  accepted(script, "2001:db8:0:0:1::", 20)
  equal(accepted(script, "2001:db8::1:1:1:1", 1), 0)
  equal(accepted(script, "2001:db8:0:1::", 1), 1)
end

function test_has_a_limit_for_strangers_together_when_there_are_too_many()
  local script = hooks "rate-limit.lua"
  for i = 1, 10000 do accepted(script, "10.0." .. i // 256 .. "." .. i % 256, 1) end
  equal(accepted(script, "192.0.2.1", 15) + accepted(script, "192.0.2.2", 15), 20)
end

function test_counts_streams_until_they_are_gone()
  local script = hooks "rate-limit.lua"
  local subs = {}
  for i = 1, 10 do subs[i] = assert(script.subscribe(subscription(from "192.0.2.1"))) end
  equal(script.subscribe(subscription(from "192.0.2.1")), nil)
  script.unsubscribe(subs[1])
  assert(script.subscribe(subscription(from "192.0.2.1")))
end
