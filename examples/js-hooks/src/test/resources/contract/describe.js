const list = (...values) => values.map(value => value ?? "-").join("|");

function publish(pub) {
  const {req, msg} = pub, comments = msg.comment ?? [];
  msg.data = list(req.method, req.uri, req.path, req.query, req.addr.ip, req.addr.port, req.headers["x-name"],
    req.headers["x-none"], msg.id, msg.event, msg.data, comments.length, comments[0]);
  return pub;
}

function catchup(sub, lastEventId) {
  return [{data: list(sub.req.path, sub.req.query, lastEventId)}];
}
