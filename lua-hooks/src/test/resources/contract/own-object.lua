function publish(pub) return {req = pub.req, msg = {data = "own"}} end
function subscribe(sub) return {req = sub.req, name = "own"} end
function message(pub, sub) pub.msg.data = sub.name return pub end
