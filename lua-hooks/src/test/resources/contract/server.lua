local tinysse = require "tinysse"

local calls = {
  publish = function()
    local result = tinysse.publish({event = "e", data = "d"}, "news")
    return {result.queued, result.subscribers, result.id}
  end,
  bad = function() tinysse.publish({data = "d"}, "a b") end,
  subscribers = function() return {tinysse.subscribers(), tinysse.subscribers("news")} end,
  channels = function()
    local first = tinysse.channels("n")[1]
    return {first.name, first.subscribers}
  end,
  history = function()
    local first = tinysse.history("news", {after = "7", since = 60000, last = 5})[1]
    return {first.id, first.data, first.channel, first.time}
  end,
  disconnect = function() return {tinysse.disconnect(function(sub) return sub.req.query == "bad" end)} end,
}

function publish(pub)
  pub.msg.data = table.concat(calls[pub.msg.data](), "|")
  return pub
end
