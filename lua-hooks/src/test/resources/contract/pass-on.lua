function startup(cli) end
function tick(count) end
function publish(pub) return pub end
function subscribe(sub) return sub end
function catchup(sub, last_event_id) end
function message(pub, sub) return pub end
function timeout(sub, elapsed) end
function unsubscribe(sub) end
