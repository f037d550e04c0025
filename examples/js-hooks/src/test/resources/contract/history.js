function catchup(sub, lastEventId) {
  return [{data: "since " + lastEventId}, {id: "7", event: "e", data: "", comment: ["c"]}, {}];
}
