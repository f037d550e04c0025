function publish(pub)
  while pub.msg.data == "go" do
    pcall(function() while true do end end)
  end
  return pub
end
