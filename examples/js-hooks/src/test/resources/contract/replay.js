function catchup(sub, lastEventId, gap) {
  if (sub.req.query === "own") return [{data: `${lastEventId ?? "-"}|${gap ?? "-"}`}];
  if (sub.req.query === "none") return [];
}
