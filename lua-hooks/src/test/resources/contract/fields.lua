function publish(pub)
  local msg = pub.msg
  if msg.data == "all" then
    msg.id, msg.event, msg.data, msg.comment = "i", "e", "d", {"c1", "c2"}
  elseif msg.data == "clear" then
    msg.id, msg.event, msg.comment = nil, nil, nil
  elseif msg.data == "numbers" then
    msg.id, msg.event, msg.data = 1, 2, 3.5
  elseif msg.data == "wrong" then
    msg.id, msg.event, msg.comment = {}, true, 7
  elseif msg.data == "break" then
    msg.id = "a\nb"
  elseif msg.data == "empty" then
    msg.data = nil
  end
  return pub
end
