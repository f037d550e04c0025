// A chart of the last ten minutes. Arrow keys and the pointer read single values.

import {element, setText, svgElement} from "./dom.js";
import {clock} from "./format.js";

const SPAN = 600_000;
const PAUSE = 5_000;
const WIDTH = 600;
const HEIGHT = 100;
let charts = 0;

/** The end of a scale: 1, 2 or 5 with zeros, at least the value. */
export function scaleEnd(value) {
  if (!(value > 0)) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map(step => step * power).find(end => end >= value * 0.999999);
}

export class Chart {
  constructor(holder, title, key, format) {
    this.key = key;
    this.format = format;
    this.samples = [];
    this.picked = null;
    const id = `chart-${++charts}`;
    this.value = element("span");
    this.top = element("span");
    this.svg = svgElement("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", tabindex: "0",
      role: "slider", "aria-labelledby": id, "aria-orientation": "horizontal", "aria-valuemin": "0"});
    this.area = svgElement("path", {class: "area"});
    this.line = svgElement("path", {class: "line"});
    this.pointer = svgElement("line", {class: "pointer", y1: 0, y2: HEIGHT});
    this.pointer.style.display = "none";
    for (const y of [0, HEIGHT / 2, HEIGHT]) {
      this.svg.append(svgElement("line", {class: "grid", x1: 0, x2: WIDTH, y1: y, y2: y}));
    }
    this.svg.append(this.area, this.line, this.pointer);
    this.svg.addEventListener("pointermove", event => this.pickAt(event));
    this.svg.addEventListener("pointerleave", () => this.pick(null));
    this.svg.addEventListener("blur", () => this.pick(null));
    this.svg.addEventListener("keydown", event => this.key_(event));
    holder.append(element("figure", {},
      element("figcaption", {}, element("span", {id}, title), this.value),
      element("div", {class: "scale"}, this.top),
      this.svg,
      element("div", {class: "scale"}, element("span", {}, "10 min ago"), element("span", {}, "now"))));
  }

  /** Draws samples, the oldest first, each with a time. */
  draw(samples, now) {
    this.samples = samples;
    this.now = now;
    const end = scaleEnd(samples.reduce((max, sample) => Math.max(max, sample[this.key] ?? 0), 0));
    let line = "";
    let area = "";
    let last = null;
    for (const sample of samples) {
      const value = sample[this.key];
      if (value == null) {
        continue;
      }
      const x = this.x(sample).toFixed(1);
      const y = (HEIGHT - value / end * HEIGHT).toFixed(1);
      const joins = last && sample.time - last.time < PAUSE;
      line += `${joins ? "L" : "M"}${x} ${y}`;
      area += joins ? `L${x} ${y}` : `${last ? `V${HEIGHT}Z` : ""}M${x} ${HEIGHT}V${y}`;
      last = sample;
    }
    this.line.setAttribute("d", line);
    this.area.setAttribute("d", last ? `${area}V${HEIGHT}Z` : "");
    setText(this.top, this.format(end));
    this.show();
  }

  x(sample) {
    return WIDTH - (this.now - sample.time) / SPAN * WIDTH;
  }

  show() {
    const newest = this.samples.at(-1);
    const sample = this.picked == null ? newest : this.samples.find(one => one.time >= this.picked) ?? newest;
    if (!sample) {
      return;
    }
    const text = this.format(sample[this.key]);
    setText(this.value, sample === newest ? text : `${clock(sample.time)}  ${text}`);
    this.pointer.style.display = this.picked == null ? "none" : "";
    this.pointer.setAttribute("x1", this.x(sample));
    this.pointer.setAttribute("x2", this.x(sample));
    if (document.activeElement === this.svg && this.picked == null) {
      return; // a screen reader would read the value of each second
    }
    this.svg.setAttribute("aria-valuemax", this.samples.length - 1);
    this.svg.setAttribute("aria-valuenow", this.samples.indexOf(sample));
    this.svg.setAttribute("aria-valuetext", `${text} at ${clock(sample.time)}`);
  }

  pick(time) {
    this.picked = time;
    this.show();
  }

  pickAt(event) {
    const box = this.svg.getBoundingClientRect();
    this.pick(this.now - SPAN + (event.clientX - box.left) / box.width * SPAN);
  }

  key_(event) {
    const steps = {ArrowLeft: -1, ArrowRight: 1, PageUp: 60, PageDown: -60, Home: -SPAN, End: SPAN};
    if (!(event.key in steps) || this.samples.length === 0) {
      return;
    }
    event.preventDefault();
    const now = this.picked == null ? this.samples.length - 1
      : Math.max(0, this.samples.findIndex(one => one.time >= this.picked));
    const to = Math.min(this.samples.length - 1, Math.max(0, now + steps[event.key]));
    this.pick(this.samples[to].time);
  }
}
