// Figures, and the charts of the last ten minutes.

import {Chart} from "./chart.js";
import {byId, setDefinitions} from "./dom.js";
import {bytes, millis, number} from "./format.js";
import {Samples} from "./samples.js";

const charts = [
  ["Streams", "streams", number],
  ["Messages published a second", "publishedRate", number],
  ["Delivery, 99th percentile", "p99", millis],
  ["Messages lost a second", "lostRate", number],
].map(([title, key, format]) => new Chart(byId("charts"), title, key, format));

const samples = new Samples();
let figures = null;

function draw() {
  if (!figures) {
    return;
  }
  const newest = samples.all.at(-1);
  setDefinitions(byId("figures"), [
    ["Streams", number(figures.streams)],
    ["Channels", number(figures.channels)],
    ["Published a second", number(newest.publishedRate)],
    ["Delivered a second", number(newest.deliveredRate)],
    ["Delivery, p99", millis(newest.p99)],
    ["Lost since the start", number(figures.lost), figures.lost > 0 ? "alarm" : ""],
    ["Published", number(figures.published)],
    ["Delivered", number(figures.delivered)],
    ["Refused", number(figures.rejected)],
    ["Waiting in queues", number(figures.queued)],
    ["Streams opened", number(figures.opened)],
    ["Sent", bytes(figures.bytes)],
  ]);
  for (const chart of charts) {
    chart.draw(samples.all, newest.time);
  }
}

export const overviewView = {
  /** What the server remembers of the last ten minutes. */
  remember(remembered) {
    samples.remember(remembered);
  },
  /** The figures of this second. */
  add(newest, visible) {
    figures = newest;
    samples.add(newest);
    if (visible) {
      draw();
    }
  },
  show: draw,
};
