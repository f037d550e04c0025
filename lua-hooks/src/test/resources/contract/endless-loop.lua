function publish(pub)
  while pub.msg.data == "go" do end
  return pub
end
