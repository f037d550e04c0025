function publish(pub) {
  return pub.msg.data === "go" ? [publish(pub)] : pub;
}
