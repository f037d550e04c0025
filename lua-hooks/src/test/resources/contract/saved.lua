function publish(pub)
  pub.saved = {text = "ä", list = {1, 2.5, true}, inner = {text = "x"}}
  pub.call = function() end
  return pub
end

function message(pub, sub)
  local saved = pub.saved
  local list = {saved.text, saved.list[1], saved.list[2], tostring(saved.list[3]), saved.inner.text, pub.call and "call" or "-"}
  pub.msg.data = table.concat(list, "|")
  return pub
end
