-- Tests of channels.lua:  tinysse test channels_test.lua
--
-- Every global function test_… is a test. `hooks` loads a script afresh and gives its globals; `publication` and
-- `subscription` make what the server would hand over; `equal` and `fails` assert.
local script = hooks "channels.lua"

local function published(channel) return script.publish(publication { data = "x", channel = channel }) end
local function subscribed(...) return script.subscribe(subscription { channels = { ... } }) end

function test_publishes_to_a_channel_that_is_open()
  equal(published("news").channel, "news")
end

function test_refuses_a_message_to_any_other()
  for _, channel in ipairs { "default", "secrets", "news.inner" } do assert(not published(channel)) end
end

function test_opens_several_channels()
  equal(subscribed("news", "sports").channels, { news = true, sports = true })
end

function test_leaves_out_what_is_not_open()
  equal(subscribed("news", "secrets", "s*").channels, { news = true })
end

function test_gives_the_open_ones_to_who_wants_all()
  equal(subscribed("secrets", "**").channels, { news = true, sports = true })
end

function test_refuses_a_stream_without_an_open_channel()
  assert(not subscribed "default")
  assert(not subscribed "*")
  assert(not subscribed())
end
