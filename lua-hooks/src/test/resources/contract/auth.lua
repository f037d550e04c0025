function publish(pub)
  local change, auth = pub.msg.data == "change", pub.auth
  if auth then
    local list = {auth.sub, auth.exp, auth.ratio, tostring(auth.admin), #auth.roles, auth.roles[1], auth.place.city}
    pub.msg.data = table.concat(list, "|")
  else
    pub.msg.data = "-"
  end
  if change then pub.auth = {sub = "mallory"} end
  return pub
end

function subscribe(sub)
  if sub.req.query == "change" then sub.auth = {sub = "mallory"} end
  if sub.req.query == "user" then sub.user = "bob" end
  if sub.req.query == "number" then sub.user = 7 end
  return sub
end

function message(pub, sub)
  pub.msg.data = table.concat({pub.auth and pub.auth.sub or "-", sub.auth and sub.auth.sub or "-", sub.user or "-"}, "|")
  return pub
end
