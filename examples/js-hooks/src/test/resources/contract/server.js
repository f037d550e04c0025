const calls = {
  publish() {
    const {queued, subscribers, id} = tinysse.publish({event: "e", data: "d"}, "news");
    return [queued, subscribers, id];
  },
  bad: () => tinysse.publish({data: "d"}, "a b"),
  subscribers: () => [tinysse.subscribers(), tinysse.subscribers("news")],
  channels() {
    const [{name, subscribers}] = tinysse.channels("n");
    return [name, subscribers];
  },
  history() {
    const [{id, data, channel, time}] = tinysse.history("news", {after: "7", since: 60000, last: 5});
    return [id, data, channel, time];
  },
  disconnect: () => [tinysse.disconnect(sub => sub.req.query === "bad")],
};

function publish(pub) {
  pub.msg.data = calls[pub.msg.data]().join("|");
  return pub;
}
