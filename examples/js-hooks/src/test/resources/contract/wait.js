let released = false;

function publish(pub) {
  if (pub.msg.data === "release") released = true;
  return pub;
}

function message(pub, sub) {
  if (sub.req.query === "wait") {
    while (!released) sleep(1);
    pub.msg.data = "released";
  }
  return pub;
}
