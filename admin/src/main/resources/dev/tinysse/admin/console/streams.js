// Open streams a page at a time, one stream in detail, and its end.

import {get, request, withQuery} from "./api.js";
import {ask} from "./confirm.js";
import {byId, setDefinitions, setText} from "./dom.js";
import {ABSENT, age, bytes, moment, number} from "./format.js";
import {PagedTable, Table} from "./table.js";

const PAGE = 50;

const columns = [
  {title: "Stream", value: stream => stream.id, link: stream => `#stream/${encodeURIComponent(stream.id)}`, kind: "time"},
  {title: "Client", value: stream => stream.address, kind: "time"},
  {title: "User", value: stream => stream.sub ?? ABSENT},
  {title: "Channels", value: stream => stream.channels.join(", ")},
  {title: "Open for", value: stream => age(stream.opened), kind: "number"},
  {title: "Messages", value: stream => number(stream.messages), kind: "number"},
  {title: "Sent", value: stream => bytes(stream.bytes), kind: "number"},
  {title: "Behind", value: stream => number(stream.behind), kind: "number"},
  {title: "Lost", value: stream => number(stream.lost), kind: "number"},
];

/** A list of streams; `query` gives what to ask for. */
export function streamTable(holder, caption, query) {
  return new PagedTable(holder, new Table(holder, caption, columns, "No open streams."), async after => {
    const page = await get(withQuery("/streams", {...query(), limit: PAGE, after}));
    return {rows: page.streams, next: page.next};
  });
}

const form = byId("streams-form");
const list = streamTable(byId("streams-list"), "Open streams", () =>
  ({channel: form.elements.channel.value.trim(), sub: form.elements.sub.value}));
form.addEventListener("submit", event => {
  event.preventDefault();
  list.restart();
});

export const streamsView = {
  show: () => list.refresh(),
  tick: () => list.refresh(),
};

let id = null;
let gone = false;
const end = byId("stream-end");
const result = byId("stream-result");

async function refresh() {
  const asked = id;
  try {
    const stream = await get(`/streams/${encodeURIComponent(asked)}`);
    if (asked !== id) {
      return;
    }
    gone = false;
    setDefinitions(byId("stream-details"), [
      ["Client", stream.address],
      ["User", stream.sub ?? ABSENT],
      ["Channels", stream.channels.join(", ")],
      ["Opened", `${moment(stream.opened)}, ${age(stream.opened)} ago`],
      ["Messages sent", number(stream.messages)],
      ["Bytes sent", bytes(stream.bytes)],
      ["Messages behind", number(stream.behind)],
      ["Messages lost", number(stream.lost)],
      ["Node", stream.node],
    ]);
  } catch (failure) {
    if (asked !== id) {
      return;
    }
    gone = true;
    if (!result.textContent) {
      setText(result, failure.message);
    }
  }
  end.disabled = gone;
}

end.addEventListener("click", async () => {
  const asked = id;
  const answer = await ask(`Close the stream ${asked}?`, "Close", true);
  if (!answer.yes) {
    return;
  }
  try {
    const {ended} = await request("DELETE", withQuery(`/streams/${encodeURIComponent(asked)}`,
      {retry: answer.choice ? "" : "0"}));
    setText(result, ended ? "The stream has been closed." : "The stream was already closed.");
    refresh();
  } catch (failure) {
    setText(result, failure.message);
  }
});

export const streamView = {
  show(argument) {
    id = argument ?? "";
    setText(byId("stream-title"), `Stream ${id}`);
    setText(result, "");
    setDefinitions(byId("stream-details"), []);
    end.disabled = true;
    refresh();
  },
  tick() {
    if (!gone) {
      refresh();
    }
  },
};
