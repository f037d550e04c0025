// The figures of the last ten minutes, one a second; what the server counts from its start becomes rates.

const SPAN = 600_000;
const SAMPLES = 600;

export class Samples {
  constructor() {
    this.all = [];
  }

  /** What the server remembers, the oldest first; takes the place of what is there. */
  remember(remembered) {
    const newest = this.all;
    this.all = [];
    this.last = null;
    remembered.forEach(figures => this.add(figures));
    newest.filter(sample => !this.last || sample.time > this.last.time).forEach(sample => this.all.push(sample));
  }

  /** The figures of a moment that is later than all that are there. */
  add(figures) {
    const last = this.last;
    const seconds = last ? (figures.time - last.time) / 1000 : 0;
    if (last && seconds <= 0) {
      return;
    }
    // a server that has been started again counts from zero
    const rate = name => last && figures[name] >= last[name] ? (figures[name] - last[name]) / seconds : null;
    this.all.push({time: figures.time, streams: figures.streams, p99: figures.p99 ?? null,
      publishedRate: rate("published"), deliveredRate: rate("delivered"), lostRate: rate("lost")});
    this.last = figures;
    const oldest = figures.time - SPAN;
    if (this.all.length > SAMPLES || this.all[0].time < oldest) {
      this.all = this.all.filter(sample => sample.time >= oldest).slice(-SAMPLES);
    }
  }
}
