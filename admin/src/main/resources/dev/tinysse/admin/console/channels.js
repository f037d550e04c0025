// Channels a page at a time, and one channel with its streams.

import {get, request, withQuery} from "./api.js";
import {ask} from "./confirm.js";
import {byId, setDefinitions, setText} from "./dom.js";
import {ABSENT, bytes, number} from "./format.js";
import {streamTable} from "./streams.js";
import {PagedTable, Table} from "./table.js";

const PAGE = 50;
const USERS = 50;

const form = byId("channels-form");
const table = new Table(byId("channels-list"), "Channels", [
  {title: "Channel", value: channel => channel.name, link: channel => `#channel/${encodeURIComponent(channel.name)}`},
  {title: "Streams", value: channel => number(channel.streams), kind: "number"},
  {title: "Published", value: channel => number(channel.published), kind: "number"},
  {title: "Delivered", value: channel => number(channel.delivered), kind: "number"},
  {title: "Stored", value: channel => number(channel.messages), kind: "number"},
  {title: "Size", value: channel => bytes(channel.bytes), kind: "number"},
], "No channels.");
const list = new PagedTable(byId("channels-list"), table, async after => {
  const page = await get(withQuery("/channels", {prefix: form.elements.prefix.value.trim(), limit: PAGE, after}));
  return {rows: page.channels, next: page.next};
});
form.addEventListener("submit", event => {
  event.preventDefault();
  list.restart();
});

export const channelsView = {
  show: () => list.refresh(),
  tick: () => list.refresh(),
};

let name = null;
const forget = byId("channel-forget");
const result = byId("channel-result");
const streams = streamTable(byId("channel-streams"), "Streams of the channel", () => ({channel: name}));
const users = new Table(byId("channel-users"), "Users on the channel", [
  {title: "User", value: user => user.sub},
  {title: "Streams", value: user => number(user.streams), kind: "number"},
], "Nobody.");

async function refresh() {
  const asked = name;
  streams.refresh();
  try {
    const channel = await get(`/channels/${encodeURIComponent(asked)}`);
    if (asked !== name) {
      return;
    }
    setDefinitions(byId("channel-metrics"), [
      ["Streams", number(channel.streams)],
      ["Published", number(channel.published)],
      ["Delivered", number(channel.delivered)],
      ["Stored", number(channel.messages)],
      ["Size", bytes(channel.bytes)],
      ["Oldest id", channel.oldest ?? ABSENT, "small"],
      ["Newest id", channel.newest ?? ABSENT, "small"],
    ]);
    byId("channel-present").hidden = !channel.present?.length;
    const present = channel.present ?? [];
    users.show(present.slice(0, USERS));
    setText(byId("channel-others"), present.length > USERS ? `and ${number(present.length - USERS)} more` : "");
    forget.hidden = !channel.messages;
  } catch (failure) {
    setText(result, failure.message);
  }
}

forget.addEventListener("click", async () => {
  const asked = name;
  if ((await ask(`Delete the history of the channel ${asked}? Clients that reconnect will receive a gap.`,
    "Delete")).yes) {
    try {
      await request("DELETE", `/channels/${encodeURIComponent(asked)}/history`);
      setText(result, "The history has been deleted.");
      refresh();
    } catch (failure) {
      setText(result, failure.message);
    }
  }
});

export const channelView = {
  show(argument) {
    name = argument ?? "default";
    setText(byId("channel-title"), `Channel ${name}`);
    setText(result, "");
    forget.hidden = true;
    byId("channel-live").href = `#live/${encodeURIComponent(name)}`;
    byId("channel-publish").href = `#publish/${encodeURIComponent(name)}`;
    setDefinitions(byId("channel-metrics"), []);
    byId("channel-present").hidden = true;
    streams.cursor = null;
    streams.table.show([]);
    refresh();
  },
  tick: refresh,
};
