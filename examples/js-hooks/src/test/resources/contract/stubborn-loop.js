function publish(pub) {
  while (pub.msg.data === "go") {
    try {
      while (true) {}
    } catch {}
  }
  return pub;
}
