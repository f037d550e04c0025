const publish = pub => ({req: pub.req, msg: {data: "own"}});
const subscribe = sub => ({req: sub.req, name: "own"});

function message(pub, sub) {
  pub.msg.data = sub.name;
  return pub;
}
