function publish(pub)
  pub.topic = "t"
  return pub
end

function subscribe(sub)
  sub.name = {text = sub.req.query}
  sub.name.self = sub.name
  sub.shout = function(text) return text .. "!" end
  sub.req.path = "/changed"
  return sub
end

function message(pub, sub)
  pub.msg.data = pub.topic .. " for " .. sub.shout(sub.name.self.text) .. " at " .. sub.req.path
  sub.name.text, pub.topic = "changed", "changed"
  return pub
end

function catchup(sub)
  local text = sub.name.text
  sub.name.text = "changed"
  return {{data = text}}
end

function timeout(sub) return #sub.name.text end
function unsubscribe(sub) error(sub.name.text) end
