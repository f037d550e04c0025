function publish(pub) {
  const {auth} = pub, change = pub.msg.data === "change";
  pub.msg.data = auth
    ? [auth.sub, auth.exp, auth.ratio, auth.admin, auth.roles.length, auth.roles[0], auth.place.city].join("|") : "-";
  if (change) pub.auth = {sub: "mallory"};
  return pub;
}

function subscribe(sub) {
  if (sub.req.query === "change") sub.auth = {sub: "mallory"};
  if (sub.req.query === "user") sub.user = "bob";
  if (sub.req.query === "number") sub.user = 7;
  return sub;
}

function message(pub, sub) {
  pub.msg.data = [pub.auth?.sub ?? "-", sub.auth?.sub ?? "-", sub.user ?? "-"].join("|");
  return pub;
}
