// The messages of a channel as they are published: the newest, and how many were left out.

import {events} from "./api.js";
import {byId, element, setText} from "./dom.js";
import {ABSENT, clock, number, short} from "./format.js";

const ROWS = 100;
const COLUMNS = ["time", "", "code wide", "", "code"];

const form = byId("live-form");
const stop = byId("live-stop");
const state = byId("live-state");
const body = byId("live-messages");
let close = null;
let leftOut = 0;

function add(message) {
  const row = body.rows.length < ROWS ? element("tr", {role: "row"}, ...COLUMNS.map(kind => element("td", {class: kind, role: "cell"})))
    : body.lastElementChild;
  const comments = (message.comment ?? []).map(comment => `: ${comment}`);
  [clock(message.time), message.channel, message.id ?? ABSENT, message.event ?? ABSENT,
    short([...(message.data == null ? [] : [message.data]), ...comments].join("\n")) + (message.cut ? "…" : "")]
    .forEach((value, index) => setText(row.cells[index], value));
  body.prepend(row);
}

function watch(channel) {
  end();
  body.replaceChildren();
  leftOut = 0;
  setText(state, `Connecting to ${channel}.`);
  stop.disabled = false;
  close = events(`/channels/${encodeURIComponent(channel)}/events`, {
    messages: batch => {
      leftOut += batch.skipped;
      batch.messages.slice(-ROWS).forEach(add);
      if (leftOut) {
        setText(state, `Watching ${channel}. ${number(leftOut)} messages came too fast to show.`);
      }
    },
  }, now => setText(state, now === "live" ? `Watching ${channel}.` : "Disconnected, reconnecting."));
}

function end() {
  close?.();
  close = null;
  stop.disabled = true;
}

form.addEventListener("submit", event => {
  event.preventDefault();
  watch(form.elements.channel.value.trim());
});
stop.addEventListener("click", () => {
  end();
  setText(state, "Stopped.");
  form.elements.channel.focus();
});

export const liveView = {
  show(argument) {
    if (argument) {
      form.elements.channel.value = argument;
      watch(argument);
    }
  },
  hide() {
    if (close) {
      end();
      setText(state, "Stopped.");
    }
  },
};
