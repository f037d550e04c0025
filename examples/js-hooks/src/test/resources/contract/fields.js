const changes = {
  all: {id: "i", event: "e", data: "d", comment: ["c1", "c2"]},
  clear: {id: undefined, event: null, comment: undefined},
  numbers: {id: 1, event: 2, data: 3.5},
  wrong: {id: {}, event: true, comment: 7},
  break: {id: "a\nb"},
  empty: {data: null},
};

function publish(pub) {
  Object.assign(pub.msg, changes[pub.msg.data]);
  return pub;
}
