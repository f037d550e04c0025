function publish(pub)
  local data = pub.msg.data
  if data == "move" then pub.channel = "moved" elseif data == "clear" then pub.channel = nil
  elseif data == "bad" then pub.channel = "a b" end
  return pub
end

function subscribe(sub)
  local query = sub.req.query
  if query == "widen" then table.insert(sub.channels, "news.*") elseif query == "set" then sub.channels = {news = true}
  elseif query == "none" then sub.channels = {} elseif query == "clear" then sub.channels = nil
  elseif query == "bad" then sub.channels = {"a b"} end
  return sub
end

function message(pub, sub)
  pub.msg.data = (pub.channel or "-") .. "|" .. table.concat(sub.channels or {"-"}, "|")
  return pub
end
