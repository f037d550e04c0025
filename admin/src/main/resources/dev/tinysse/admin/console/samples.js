// The metrics of the last ten minutes, one sample per second; counters become rates.

const SPAN = 600_000;
const SAMPLES = 600;

export class Samples {
  constructor() {
    this.all = [];
  }

  /** The samples that the server stores, oldest first; replaces the present ones. */
  remember(remembered) {
    const newest = this.all;
    this.all = [];
    this.last = null;
    remembered.forEach(metrics => this.add(metrics));
    newest.filter(sample => !this.last || sample.time > this.last.time).forEach(sample => this.all.push(sample));
  }

  /** A sample that is newer than all others. */
  add(metrics) {
    const last = this.last;
    const seconds = last ? (metrics.time - last.time) / 1000 : 0;
    if (last && seconds <= 0) {
      return;
    }
    // a server that has been started again counts from zero
    const rate = name => last && metrics[name] >= last[name] ? (metrics[name] - last[name]) / seconds : null;
    this.all.push({time: metrics.time, streams: metrics.streams, p99: metrics.p99 ?? null,
      publishedRate: rate("published"), deliveredRate: rate("delivered"), lostRate: rate("lost")});
    this.last = metrics;
    const oldest = metrics.time - SPAN;
    if (this.all.length > SAMPLES || this.all[0].time < oldest) {
      this.all = this.all.filter(sample => sample.time >= oldest).slice(-SAMPLES);
    }
  }
}
