const refusals = {
  all: {status: 401, error: "log in first", headers: {"WWW-Authenticate": "Bearer"}},
  gone: {status: 204},
  error: {error: "no"},
  bad: {status: 200},
  break: {headers: {"x-name": "a\nb"}},
};
const decide = (what, object) => refusals[what] ? refuse(refusals[what]) : object;
function publish(pub) { return decide(pub.msg.data, pub); }
function subscribe(sub) { return decide(sub.req.query, sub); }
