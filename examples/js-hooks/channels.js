// Channels: a stream opened with ?channel=NAME gets what is published with the same query, and nothing else.
//
// The server does that by itself with --channels. Here it is done by hand: it shows what publish and subscribe leave for message.
//
//   tinysse --script channels.js
//   curl -N 'http://127.0.0.1:1983/sse?channel=news'              # in one terminal
//   curl -d 'data=hello' 'http://127.0.0.1:1983/sse?channel=news' # in another: 202, and the first shows it
//   curl -d 'data=hello' http://127.0.0.1:1983/sse                # 400: channel required

// The query is what a stranger typed, so only plain short names are let through.
function channels(req) {
  return req.query.split("&").map(pair => pair.split("="))
    .filter(([name, value]) => name === "channel" && /^[\w-]{1,64}$/.test(value))
    .map(([, value]) => value);
}

function noChannel() {
  return refuse({status: 400, error: "channel required"});
}

function publish(pub) {
  pub.channel = channels(pub.req)[0];
  return pub.channel ? pub : noChannel(); // null would refuse the message with a 403
}

// Values computed here are not computed again for every message.
function subscribe(sub) {
  sub.channels = channels(sub.req);
  return sub.channels.length > 0 ? sub : noChannel();
}

function message(pub, sub) {
  return sub.channels.includes(pub.channel) ? pub : null; // null passes this stream over
}
