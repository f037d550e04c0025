-- Tests of chat.lua:  tinysse test chat_test.lua
local json = require "json"

local function say(script, name, text, id)
  return script.publish(publication { id = id, data = text, event = "anything", req = { query = "name=" .. name } })
end

local function told(messages)
  local texts = {}
  for i, message in ipairs(messages) do texts[i] = json.decode(message.data).text end
  return table.concat(texts, " ")
end

function test_sends_name_and_text()
  local message = json.decode(say(hooks "chat.lua", "anna", " hello\n").msg.data)
  equal(message.name, "anna")
  equal(message.text, "hello")
end

function test_lets_nobody_choose_an_id_or_an_event()
  local script = hooks "chat.lua"
  local first, second = say(script, "anna", "a", "999"), say(script, "anna", "b")
  equal(second.msg.id, first.msg.id + 1)
  equal(first.msg.event, nil)
end

function test_refuses_what_has_no_name_or_no_text()
  local script = hooks "chat.lua"
  equal(say(script, "", "hello"), nil)
  equal(say(script, "%20", "hello"), nil)
  equal(say(script, "anna", " "), nil)
  equal(say(script, "anna", nil), nil)
  local _, refusal = say(script, "anna", " ")
  equal(refusal, { status = 400, error = "a name has 1 to 32 characters, a text 1 to 1000" })
end

function test_refuses_what_is_too_long()
  local script = hooks "chat.lua"
  equal(say(script, ("x"):rep(33), "hello"), nil)
  equal(say(script, "anna", ("ü"):rep(1001)), nil)
  assert(say(script, "anna", ("ü"):rep(1000)))
end

function test_gives_a_newcomer_the_last_hundred_messages()
  local script = hooks "chat.lua"
  for i = 1, 101 do say(script, "anna", tostring(i)) end
  local history = script.catchup(subscription())
  equal(#history, 100)
  equal(json.decode(history[1].data).text, "2")
end

function test_gives_who_comes_back_what_was_missed()
  local script = hooks "chat.lua"
  local ids = {}
  for i = 1, 30 do ids[i] = say(script, "anna", tostring(i)).msg.id end
  local missed = script.catchup(subscription(), tostring(ids[28]))
  equal(told(missed), "29 30")
  equal(missed[1].id, ids[29])
end

function test_gives_all_to_who_says_nonsense()
  local script = hooks "chat.lua"
  say(script, "bob", "one")
  say(script, "anna", "two")
  equal(told(script.catchup(subscription(), "nonsense")), "one two")
end
