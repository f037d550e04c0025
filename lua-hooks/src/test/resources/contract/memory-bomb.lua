function publish(pub)
  local list = {}
  while pub.msg.data == "go" do list[#list + 1] = {} end
  return pub
end
