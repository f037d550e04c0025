/*
 * tinysse.js: an EventSource with headers, tokens, resumption and one stream for all tabs of a browser.
 * Apache License 2.0. How to use it: docs/clients.md
 */

const CONNECTING = 0, OPEN = 1, CLOSED = 2;
const FIRST_RETRY = 1000, MIN_RETRY = 100, MAX_RETRY = 30000;
/** How many events each tab remembers, for those who have seen fewer of them when another tab takes over. */
const REMEMBERED = 500;
/** How long a new tab waits to hear where the others are. */
const UNTIL_ANSWER = 1000;
/** Errors that may pass. All other 4xx at the first request are mistakes of who asks. */
const LATER = [408, 421, 425, 429];

const sleep = ms => new Promise(done => setTimeout(done, ms));
const after = (events, id) => {
  const at = events.findLastIndex(event => event.id === id);
  return at < 0 ? undefined : events.slice(at + 1);
};

/** Reads an event stream (HTML Standard, 9.2.5), in pieces as they come. */
class Parser {
  #decoder = new TextDecoder();
  #rest = "";
  #afterReturn = false;
  #event = {};

  constructor(onRetry) {
    this.onRetry = onRetry;
  }

  /** The events that end in these bytes. */
  read(bytes) {
    let text = this.#decoder.decode(bytes, { stream: true });
    if (!text) return [];
    const returned = text.endsWith("\r");
    if (this.#afterReturn && text[0] === "\n") text = text.slice(1);
    this.#afterReturn = returned;
    const lines = (this.#rest + text).split(/\r\n?|\n/);
    this.#rest = lines.pop();
    const events = [];
    for (const line of lines) {
      if (line) {
        this.#field(line);
      } else {
        if ("data" in this.#event || "id" in this.#event) events.push(this.#event);
        this.#event = {};
      }
    }
    return events;
  }

  #field(line) {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    const event = this.#event;
    if (name === "data") event.data = "data" in event ? event.data + "\n" + value : value;
    else if (name === "event") event.type = value;
    else if (name === "id" && !value.includes("\0")) event.id = value;
    else if (name === "retry" && /^\d+$/.test(value)) this.onRetry(+value);
  }
}

export class TinySSE extends EventTarget {
  static CONNECTING = CONNECTING;
  static OPEN = OPEN;
  static CLOSED = CLOSED;
  CONNECTING = CONNECTING;
  OPEN = OPEN;
  CLOSED = CLOSED;
  onopen = null;
  onmessage = null;
  onerror = null;
  ongap = null;

  #options;
  #state = CONNECTING;
  #lastId; // of the last event that was dispatched here
  #retry = FIRST_RETRY;
  #failures = 0;
  #refusals = 0; // 401 in a row
  #opened = false;
  #begun = 0; // when the first stream was asked for
  #channel; // to the other tabs
  #queue; // ends the wait for the lock
  #leaderWatchdog; // with a tab that leads and says nothing
  #steals = false;
  #said = 0; // when this tab has said something
  #leading; // ends what this tab does as long as it leads
  #term = 0; // rises with each tab that takes over
  #leads = false;
  #recent = [];
  #repeated = []; // what this tab has seen and the tab that takes over has not
  #answered = () => {};
  #wake = () => {};

  constructor(url, options = {}) {
    super();
    const address = new URL(url, globalThis.location?.href);
    const channels = [options.channels ?? []].flat().join(",");
    if (channels) address.pathname = address.pathname.replace(/\/?$/, "/") + channels;
    this.url = address.href;
    this.withCredentials = !!options.withCredentials;
    this.#options = { silence: 150000, share: true, ...options };
    this.#lastId = options.lastEventId;
    for (const type of ["open", "message", "error", "gap"]) {
      this.addEventListener(type, event => this["on" + type]?.call(this, event));
    }
    queueMicrotask(() => this.#start());
  }

  get readyState() {
    return this.#state;
  }

  close() {
    this.#state = CLOSED;
    clearTimeout(this.#leaderWatchdog);
    this.#queue?.abort();
    this.#yield();
    this.#channel?.close();
  }

  // --- one stream for all tabs

  async #start() {
    const locks = globalThis.navigator?.locks;
    if (!this.#options.share || !locks || !globalThis.BroadcastChannel) return this.#lead();
    const name = "tinysse " + this.url + " " + JSON.stringify(this.#options.headers ?? {}) + this.withCredentials;
    let options = { ifAvailable: true };
    try {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = ({ data }) => this.#hear(data);
      while (this.#state !== CLOSED) {
        try {
          await locks.request(name, options, lock => lock && this.#lead());
        } catch (e) {
          if (e.name !== "AbortError") throw e;
          this.#yield(); // another tab has taken the lock, or this one is about to
        }
        if (options.ifAvailable) {
          const answer = new Promise(done => (this.#answered = done));
          this.#say({ hello: true });
          await Promise.race([answer, sleep(UNTIL_ANSWER)]);
        }
        this.#queue = new AbortController();
        options = this.#steals ? { steal: true } : { signal: this.#queue.signal };
        this.#steals = false;
        this.#listen();
      }
    } catch {
      this.#channel?.close(); // a page without an origin has no locks
      this.#channel = undefined;
      this.#lead();
    }
  }

  #say(message) {
    this.#said = Date.now();
    if (this.#state !== CLOSED) this.#channel?.postMessage({ term: this.#term, ...message });
  }

  #hear({ term, hello, state, ended, lastId, recent, events }) {
    if (hello) {
      if (this.#leads) this.#say({ state: this.#state, lastId: this.#lastId });
      return;
    }
    if (term < this.#term || this.#state === CLOSED || this.#leads && term === this.#term) return;
    if (this.#leads) this.#yield(); // this tab stood still for so long that another took over
    this.#listen();
    if (recent && term > this.#term) this.#follow(lastId, recent);
    this.#term = term;
    if (state !== undefined) {
      this.#lastId ??= lastId;
      this.#answered();
      this.#become(state, ended);
    }
    for (const event of events ?? []) {
      if (this.#repeated.length && this.#repeated[0].id === event.id) this.#repeated.shift();
      else if (event.id === undefined) this.#take(event);
      else {
        this.#repeated = [];
        this.#take(event);
      }
    }
  }

  /** A tab that leads and says nothing is frozen, or stands at a breakpoint or a dialog: this one takes over. */
  #listen() {
    clearTimeout(this.#leaderWatchdog);
    const { silence } = this.#options;
    if (!silence || this.#leads || this.#state === CLOSED) return;
    this.#leaderWatchdog = setTimeout(() => {
      this.#steals = true;
      this.#queue?.abort();
    }, silence * (1.5 + Math.random()));
  }

  #yield() {
    this.#leads = false;
    this.#leading?.abort();
    this.#wake();
  }

  /** Another tab takes over, which goes on behind lastId. This one may have seen less, or more. */
  #follow(lastId, recent) {
    this.#repeated = [];
    if (this.#lastId === undefined || this.#lastId === lastId) return;
    const missed = after(recent, this.#lastId);
    if (missed) missed.forEach(event => this.#take(event));
    else this.#repeated = after(this.#recent, lastId) ?? [];
  }

  // --- events

  #become(state, ended) {
    if (state === this.#state && !ended) return;
    if (state === CLOSED) this.close();
    this.#state = state;
    this.dispatchEvent(new Event(state === OPEN ? "open" : "error"));
  }

  #take(event) {
    if (event.id !== undefined) {
      this.#lastId = event.id;
      this.#recent.push(event);
      if (this.#recent.length > 2 * REMEMBERED) this.#recent = this.#recent.slice(-REMEMBERED);
    }
    if (event.data === undefined || this.#state === CLOSED) return;
    const init = { data: event.data, lastEventId: this.#lastId ?? "", origin: new URL(this.url).origin };
    this.dispatchEvent(new MessageEvent(event.type || "message", init));
    if (event.type === "tinysse.gap") {
      const gap = new MessageEvent("gap", init);
      try {
        gap.detail = JSON.parse(event.data);
      } catch {
        // the text alone has to do
      }
      this.dispatchEvent(gap);
    }
  }

  // --- the stream

  async #lead() {
    const { signal } = (this.#leading = new AbortController());
    const { silence } = this.#options;
    const beat = silence && setInterval(() => this.#say({}), silence / 3);
    clearTimeout(this.#leaderWatchdog);
    this.#leads = true;
    this.#repeated = [];
    this.#term = Math.max(this.#term + 1, Date.now());
    this.#say({ state: CONNECTING, lastId: this.#lastId, recent: this.#recent.slice(-REMEMBERED) });
    this.#state = CONNECTING;
    while (!signal.aborted) {
      const last = await this.#stream(signal);
      if (signal.aborted) break;
      this.#say({ state: last ? CLOSED : CONNECTING, ended: true });
      this.#become(last ? CLOSED : CONNECTING, true);
      if (!last) await this.#pause();
    }
    clearInterval(beat);
  }

  /** At random up to a limit, which doubles with each failure. */
  #pause() {
    const base = Math.max(this.#retry, MIN_RETRY);
    const limit = Math.max(base, Math.min(MAX_RETRY, base * 2 ** this.#failures++));
    return new Promise(done => {
      this.#wake = done;
      setTimeout(done, Math.random() * limit);
    });
  }

  /** One stream, from its request to its end. Whether it was the last. */
  async #stream(signal) {
    const controller = new AbortController();
    const abort = () => controller.abort();
    signal.addEventListener("abort", abort, { once: true });
    const { silence } = this.#options;
    let watchdog;
    const alive = () => {
      clearTimeout(watchdog);
      if (silence) watchdog = setTimeout(abort, silence);
      if (Date.now() - this.#said > silence / 3) this.#say({}); // timers of hidden tabs are late
    };
    try {
      const [address, headers] = await this.#request();
      alive();
      const response = await fetch(address, { headers, signal: controller.signal, cache: "no-store",
        credentials: this.withCredentials ? "include" : "same-origin" });
      if (response.status !== 200 || !/^text\/event-stream\b/i.test(response.headers.get("content-type"))) {
        abort();
        return this.#isFinal(response.status);
      }
      this.#opened = true;
      this.#failures = this.#refusals = 0;
      this.#say({ state: OPEN, lastId: this.#lastId });
      this.#become(OPEN);
      const parser = new Parser(ms => (this.#retry = ms));
      const reader = response.body.getReader();
      for (let read = await reader.read(); !read.done && !signal.aborted; read = await reader.read()) {
        alive();
        const events = parser.read(read.value);
        if (events.length) this.#say({ events });
        events.forEach(event => this.#take(event));
      }
    } catch {
      // the stream has ended, however
    } finally {
      clearTimeout(watchdog);
      signal.removeEventListener("abort", abort);
    }
    return false;
  }

  async #request() {
    const { token, headers } = this.#options;
    const all = new Headers(typeof headers === "function" ? await headers() : headers);
    all.set("Accept", "text/event-stream");
    const value = typeof token === "function" ? await token() : token;
    if (value) all.set("Authorization", "Bearer " + value);
    const address = new URL(this.url);
    const id = this.#lastId;
    if (id === undefined) {
      // there is no id to come back to: what was published since the first stream
      if (this.#begun && !address.searchParams.has("since")) {
        address.searchParams.set("since", Date.now() - this.#begun + "ms");
      }
    } else if (/^[\x20-\x7e]*$/.test(id)) {
      if (id) all.set("Last-Event-ID", id);
    } else {
      address.searchParams.set("last_event_id", id); // headers of fetch are no UTF-8
    }
    this.#begun ||= Date.now();
    return [address, all];
  }

  #isFinal(status) {
    if (status === 401) return ++this.#refusals > 1 || typeof this.#options.token !== "function";
    return status === 204 || status === 403
      || status >= 400 && status < 500 && !this.#opened && !LATER.includes(status);
  }
}

globalThis.TinySSE = TinySSE;
export default TinySSE;
