local sleep = require "sleep"
local released = false

function publish(pub)
  if pub.msg.data == "release" then released = true end
  return pub
end

function subscribe(sub)
  while sub.req.query == "hold" and not released do sleep(1) end
  return sub
end

function message(pub, sub)
  if sub.req.query == "wait" then
    while not released do sleep(1) end
    pub.msg.data = "released"
  end
  return pub
end
