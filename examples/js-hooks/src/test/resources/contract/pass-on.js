function startup(cli) {}
function tick(count) {}
function publish(pub) { return pub; }
function subscribe(sub) { return sub; }
function catchup(sub, lastEventId) {}
function message(pub, sub) { return pub; }
function timeout(sub, elapsed) {}
function unsubscribe(sub) {}
