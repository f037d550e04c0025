function publish(pub) {
  const set = {move: "moved", clear: undefined, bad: "a b"}, data = pub.msg.data;
  if (data in set) pub.channel = set[data];
  return pub;
}

function subscribe(sub) {
  const set = {set: new Set(["news"]), none: [], clear: undefined, bad: ["a b"]}, query = sub.req.query;
  if (query === "widen") sub.channels.push("news.*");
  else if (query in set) sub.channels = set[query];
  return sub;
}

function message(pub, sub) {
  pub.msg.data = [pub.channel ?? "-", ...(sub.channels ?? ["-"])].join("|");
  return pub;
}
