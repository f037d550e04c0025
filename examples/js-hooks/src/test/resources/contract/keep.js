function publish(pub) {
  pub.topic = "t";
  return pub;
}

function subscribe(sub) {
  sub.name = {text: sub.req.query};
  sub.name.self = sub.name;
  sub.shout = text => text + "!";
  sub.req.path = "/changed";
  return sub;
}

function message(pub, sub) {
  pub.msg.data = `${pub.topic} for ${sub.shout(sub.name.self.text)} at ${sub.req.path}`;
  sub.name.text = pub.topic = "changed";
  return pub;
}

function catchup(sub) {
  const data = sub.name.text;
  sub.name.text = "changed";
  return [{data}];
}

const timeout = sub => sub.name.text.length;
function unsubscribe(sub) { throw new Error(sub.name.text); }
