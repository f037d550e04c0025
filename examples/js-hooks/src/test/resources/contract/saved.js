function publish(pub) {
  pub.saved = {text: "ä", list: [1, 2.5, true], inner: {text: "x"}};
  pub.call = () => {};
  return pub;
}

function message(pub, sub) {
  const {text, list, inner} = pub.saved;
  pub.msg.data = [text, ...list, inner.text, pub.call ? "call" : "-"].join("|");
  return pub;
}
