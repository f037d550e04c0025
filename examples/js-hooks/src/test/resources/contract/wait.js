let released = false;

function publish(pub) {
  if (pub.msg.data === "release") released = true;
  return pub;
}

function subscribe(sub) {
  while (sub.req.query === "hold" && !released) sleep(1);
  return sub;
}

function message(pub, sub) {
  if (sub.req.query === "wait") {
    while (!released) sleep(1);
    pub.msg.data = "released";
  }
  return pub;
}
