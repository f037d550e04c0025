// Metrics and the charts of the last ten minutes.

import {Chart} from "./chart.js";
import {byId, setDefinitions} from "./dom.js";
import {bytes, millis, number} from "./format.js";
import {Samples} from "./samples.js";

const charts = [
  ["Streams", "streams", number],
  ["Messages published per second", "publishedRate", number],
  ["Delivery, 99th percentile", "p99", millis],
  ["Messages lost per second", "lostRate", number],
].map(([title, key, format]) => new Chart(byId("charts"), title, key, format));

const samples = new Samples();
let metrics = null;

function draw() {
  if (!metrics) {
    return;
  }
  const newest = samples.all.at(-1);
  setDefinitions(byId("metrics"), [
    ["Streams", number(metrics.streams)],
    ["Channels", number(metrics.channels)],
    ["Published per second", number(newest.publishedRate)],
    ["Delivered per second", number(newest.deliveredRate)],
    ["Delivery, p99", millis(newest.p99)],
    ["Lost since the start", number(metrics.lost), metrics.lost > 0 ? "alarm" : ""],
    ["Published", number(metrics.published)],
    ["Delivered", number(metrics.delivered)],
    ["Refused", number(metrics.rejected)],
    ["Waiting in queues", number(metrics.queued)],
    ["Streams opened", number(metrics.opened)],
    ["Sent", bytes(metrics.bytes)],
  ]);
  for (const chart of charts) {
    chart.draw(samples.all, newest.time);
  }
}

export const overviewView = {
  /** The samples that the server stores of the last ten minutes. */
  remember(remembered) {
    samples.remember(remembered);
  },
  /** The metrics of this second. */
  add(newest, visible) {
    metrics = newest;
    samples.add(newest);
    if (visible) {
      draw();
    }
  },
  show: draw,
};
