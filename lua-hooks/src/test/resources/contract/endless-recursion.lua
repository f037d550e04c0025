function publish(pub)
  if pub.msg.data == "go" then return {publish(pub)} end
  return pub
end
