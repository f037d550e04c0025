-- Tests of channels.lua:  tinysse test channels_test.lua
--
-- Every global function test_… is a test. `hooks` loads a script afresh and gives its globals; `publication` and
-- `subscription` make what the server would hand over; `equal` and `fails` assert.
local script = hooks "channels.lua"

local function published(query) return script.publish(publication { data = "x", req = { query = query } }) end
local function subscribed(query) return script.subscribe(subscription { req = { query = query } }) end

function test_delivers_within_a_channel()
  assert(script.message(published "channel=news", subscribed "channel=news"))
end

function test_delivers_to_each_of_several_channels()
  local sub = subscribed "channel=news&channel=sports"
  assert(script.message(published "channel=news", sub))
  assert(script.message(published "channel=sports", sub))
end

function test_keeps_channels_apart()
  equal(script.message(published "channel=news", subscribed "channel=sports"), nil)
end

function test_refuses_whoever_names_no_channel()
  equal(published "", nil)
  equal(subscribed "", nil)
end

function test_refuses_a_strange_name()
  equal(published "channel=a%0Ab", nil)
  equal(published("channel=" .. ("x"):rep(65)), nil)
end
