function publish(pub) {
  while (pub.msg.data === "go") {}
  return pub;
}
