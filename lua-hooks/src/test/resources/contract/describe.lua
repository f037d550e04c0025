local function list(...)
  local values = table.pack(...)
  for i = 1, values.n do values[i] = values[i] == nil and "-" or tostring(values[i]) end
  return table.concat(values, "|")
end

function publish(pub)
  local req, msg = pub.req, pub.msg
  local comments = msg.comment or {}
  msg.data = list(req.method, req.uri, req.path, req.query, req.addr.ip, req.addr.port, req.headers["x-name"],
    req.headers["x-none"], msg.id, msg.event, msg.data, #comments, comments[1])
  return pub
end

function catchup(sub, last_event_id)
  return {{data = list(sub.req.path, sub.req.query, last_event_id)}}
end
