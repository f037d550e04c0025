/* An EventSource with tokens and one stream for all tabs. Apache-2.0. Design: docs/decisions/tinysse-js.md */

const CONNECTING = 0, OPEN = 1, CLOSED = 2;
const FIRST_RETRY = 1000, MIN_RETRY = 100, MAX_RETRY = 30000, FIRST_MAX_RETRY = 5000, DAY = 86400000;
const UNTIL_ANSWER = 1000, STORED = 500;
const OWN = ["open", "error", "gap"];

const after = (events, id) => {
  const at = events.findLastIndex(event => event.id === id);
  return at < 0 ? undefined : events.slice(at + 1);
};
const subjectOf = token => {
  try {
    const { iss, sub } = JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
    if (sub) return [iss, sub];
  } catch {
    // no JWT
  }
  return token;
};

/** HTML Standard, 9.2.5 */
class Parser {
  #decoder = new TextDecoder();
  #rest = "";
  #afterReturn = false;
  #event = {};
  retry;
  caughtUp;

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
    else if (name === "retry" && /^\d+$/.test(value)) this.retry = Math.min(value, DAY);
    else if (!name && value === "caught up") this.caughtUp = true;
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
  #lastId;
  #retry = FIRST_RETRY;
  #failures = 0;
  #refusals = 0; // 401 in a row
  #opened = false;
  #begun = 0; // when it was first requested
  #reached = 0;
  #closing = new AbortController();
  #headers;
  #wake = () => {};

  // the own stream
  #running;
  #caughtUp;
  #leads = false; // it is that of all tabs

  // the stream of all tabs
  #name;
  #channel;
  #queue;
  #term = 0;
  #said = 0;
  #watchdog;
  #steals = false;
  #answered;
  #joins; // where it was before this tab follows it
  #held; // messages until this tab has its token
  #recent = [];
  #repeated = []; // events to come that this tab has seen

  constructor(url, options = {}) {
    super();
    const address = new URL(url, globalThis.location?.href);
    const channels = [options.channels ?? []].flat().join(",");
    if (channels) address.pathname = address.pathname.replace(/\/?$/, "/") + channels;
    this.url = address.href;
    this.withCredentials = !!options.withCredentials;
    this.#options = { silence: 150000, ...options };
    this.#lastId = options.lastEventId;
    for (const type of ["message", ...OWN]) {
      this.addEventListener(type, event => this["on" + type]?.call(this, event));
    }
    for (const type of ["online", "pageshow", "visibilitychange"]) {
      globalThis.addEventListener?.(type, () => this.#nudge(type), { signal: this.#closing.signal });
    }
    queueMicrotask(() => this.#start());
  }

  get readyState() {
    return this.#state;
  }

  close() {
    this.#state = CLOSED;
    this.#closing.abort();
    clearTimeout(this.#watchdog);
    this.#queue?.abort();
    this.#abort();
    this.#channel?.close();
  }

  // --- one stream for all tabs

  async #start() {
    const { share, subject } = this.#options;
    let locks = share !== false && globalThis.BroadcastChannel && globalThis.navigator?.locks;
    while (this.#state !== CLOSED) {
      try {
        const headers = (this.#headers ??= await this.#request());
        // whose cookies are sent?
        if (locks && (share || !this.withCredentials || subject || headers.has("Authorization"))) {
          try {
            await this.#share(locks, (this.#name = await this.#nameOf(headers)));
          } catch {
            locks = undefined; // this page has no origin
          }
          this.#channel?.close();
          this.#channel = this.#name = undefined;
        } else {
          await this.#run(true);
        }
      } catch {
        this.#become(CONNECTING, true);
        await this.#pause();
      }
    }
  }

  /** Tabs with equal names share a stream. */
  async #nameOf(headers) {
    const others = new Headers(headers);
    others.delete("Authorization");
    const subject = this.#options.subject ?? subjectOf(headers.get("Authorization"));
    const text = JSON.stringify([this.url, this.withCredentials, subject, ...others]);
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return "tinysse " + btoa(String.fromCharCode(...new Uint8Array(hash)));
  }

  async #share(locks, name) {
    if (this.#state === CLOSED) return;
    this.#term = 0;
    this.#joins = { since: Date.now() };
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    let options = { ifAvailable: true };
    while (this.#state !== CLOSED) {
      try {
        await locks.request(name, options, lock => lock && this.#run(true));
      } catch (e) {
        if (e.name !== "AbortError") throw e;
        if (this.#leads) this.#abort();
      }
      if (options.ifAvailable && this.#joins) {
        this.#channel.postMessage({ hello: true });
        await new Promise(done => {
          this.#answered = done;
          setTimeout(done, UNTIL_ANSWER);
        });
        if (this.#joins.live && !this.#replays) this.#follow();
        else this.#run(false);
      }
      if (!this.#name) return;
      this.#queue = new AbortController();
      options = this.#steals ? { steal: true } : { signal: this.#queue.signal };
      this.#steals = false;
      this.#listen();
    }
  }

  #say(message) {
    if (!this.#leads || this.#state === CLOSED) return;
    this.#said = Date.now();
    const lastId = message.events?.findLast(event => event.id !== undefined)?.id ?? this.#lastId;
    this.#channel?.postMessage({ term: this.#term, state: this.#state, live: this.#caughtUp, lastId, ...message });
  }

  #hear(message, confirmed) {
    const { hello, wake, recent, events = [], live, state, ended, term, lastId } = message;
    if (hello) return this.#say({});
    if (wake) return this.#wake();
    if (!this.#name || term < this.#term || this.#state === CLOSED || this.#leads && term === this.#term) return;
    if (this.#leads) this.#abort();
    this.#listen();
    const joins = this.#joins;
    if (joins) {
      if (recent || !joins.events) Object.assign(joins, { id: lastId, events: live && [] });
      else joins.events.push(...events);
      joins.live = live;
      joins.state = state;
      this.#term = term;
      this.#answered?.();
      if (live && this.#caughtUp) this.#follow();
      return;
    }
    if (this.#held) return this.#held.push(message);
    if (state === OPEN && this.#state !== OPEN && !confirmed) return this.#hold(message);
    if (recent && term > this.#term) this.#succeed(lastId, recent);
    this.#term = term;
    events.forEach(event => this.#pass(event));
    this.#lastId ??= lastId;
    this.#become(state, ended);
  }

  /** Another tab has connected: is its user this tab's? */
  async #hold(...held) {
    this.#held = held;
    await this.#confirm();
    if (this.#held !== held) return;
    this.#held = undefined;
    held.forEach((message, index) => this.#hear(message, !index));
  }

  /** Leaves the stream of all tabs unless the token is of its user. */
  async #confirm() {
    const name = this.#name;
    let headers = this.#headers, own;
    try {
      headers ??= await this.#request();
      own = name && (await this.#nameOf(headers));
    } catch {
      // no token
    }
    this.#headers = undefined;
    if (own !== name) {
      this.#headers = headers;
      this.#name = undefined;
      this.#queue?.abort();
      this.#abort();
    }
    return headers;
  }

  /** Takes over from a frozen tab. */
  #listen() {
    clearTimeout(this.#watchdog);
    const { silence } = this.#options;
    if (!silence || this.#leads || this.#state === CLOSED) return;
    this.#watchdog = setTimeout(() => {
      this.#steals = true;
      this.#queue?.abort();
    }, silence * (1.5 + Math.random()));
  }

  /** Both streams have caught up. */
  #follow() {
    const { since, id, state, events } = this.#joins;
    this.#joins = this.#headers = undefined;
    this.#abort();
    this.#repeated = after(this.#recent, id) ?? [...this.#recent];
    events.forEach(event => this.#pass(event));
    this.#lastId ??= id;
    this.#begun ||= since;
    this.#become(state);
  }

  /** Another tab continues after lastId; this one has seen less or more. */
  #succeed(lastId, recent) {
    this.#repeated = [];
    if (this.#lastId === undefined || this.#lastId === lastId) return;
    const missed = after(recent, this.#lastId);
    if (missed) missed.forEach(event => this.#take(event));
    else this.#repeated = after(this.#recent, lastId) ?? [];
  }

  #pass(event) {
    const at = this.#repeated.findIndex(({ id, data }) => id === event.id && data === event.data);
    if (at < 0) {
      if (event.id !== undefined) this.#repeated = [];
      this.#take(event);
    } else {
      this.#repeated.splice(0, at + 1);
    }
  }

  // --- events

  #become(state, ended) {
    if (this.#state === CLOSED || state === this.#state && !ended) return;
    if (state === CLOSED) this.close();
    this.#state = state;
    this.#opened ||= state === OPEN;
    this.#say({ ended });
    this.dispatchEvent(new Event(state === OPEN ? "open" : "error"));
  }

  #take(event) {
    if (event.id !== undefined) {
      this.#lastId = event.id;
      this.#recent.push(event);
      if (this.#recent.length > 2 * STORED) this.#recent = this.#recent.slice(-STORED);
    }
    if (event.data === undefined || this.#state === CLOSED) return;
    const init = { data: event.data, lastEventId: this.#lastId ?? "", origin: new URL(this.url).origin };
    const type = event.type || "message";
    this.dispatchEvent(new MessageEvent(OWN.includes(type) ? "event:" + type : type, init));
    if (type === "tinysse.gap") {
      const gap = new MessageEvent("gap", init);
      try {
        gap.detail = JSON.parse(event.data);
      } catch {
        // of a script
      }
      this.dispatchEvent(gap);
    }
  }

  // --- the own stream

  #abort() {
    this.#leads = false;
    this.#running?.abort();
    this.#wake();
  }

  async #run(leads) {
    this.#abort();
    if (this.#state === CLOSED) return;
    const { signal } = (this.#running = new AbortController());
    const { silence } = this.#options;
    const beat = silence && setInterval(() => this.#say({}), silence / 3);
    this.#caughtUp = !this.#replays;
    this.#leads = leads;
    this.#held = undefined;
    if (leads) {
      clearTimeout(this.#watchdog);
      this.#joins = undefined;
      this.#repeated = [];
      this.#term = Math.max(this.#term + 1, Date.now());
      this.#state = CONNECTING;
      this.#say({ recent: this.#recent.slice(-STORED) });
    }
    while (!signal.aborted) {
      const last = await this.#stream(signal);
      if (signal.aborted) break;
      this.#caughtUp = !this.#replays;
      this.#become(last ? CLOSED : CONNECTING, true);
      if (!last) await this.#pause();
    }
    clearInterval(beat);
  }

  get #replays() {
    const query = new URL(this.url).searchParams;
    return this.#lastId !== undefined || this.#begun > 0 || ["since", "last", "last_event_id"].some(name => query.has(name));
  }

  #pause() {
    const base = Math.max(this.#retry, MIN_RETRY);
    const most = Date.now() - this.#reached < 60000 ? FIRST_MAX_RETRY : MAX_RETRY;
    const limit = Math.max(base, Math.min(most, base * 2 ** this.#failures++));
    return new Promise(done => {
      this.#wake = done;
      setTimeout(done, Math.random() * limit);
    });
  }

  #nudge(type) {
    if (type[0] === "v" && document.hidden) return;
    this.#wake();
    this.#channel?.postMessage({ wake: true });
  }

  /** Whether it was the last. */
  async #stream(signal) {
    const controller = new AbortController();
    const abort = () => controller.abort();
    signal.addEventListener("abort", abort);
    const { silence } = this.#options;
    let watchdog, caughtUp;
    const alive = () => {
      clearTimeout(watchdog);
      if (silence) watchdog = setTimeout(abort, silence);
      if (Date.now() - this.#said > silence / 3) this.#say({});
    };
    try {
      const headers = await this.#confirm();
      if (!headers || signal.aborted) return false;
      const asked = Date.now();
      const address = this.#address(headers);
      alive();
      const credentials = this.withCredentials ? "include" : "same-origin";
      const response = await fetch(address, { headers, signal: controller.signal, cache: "no-store", credentials });
      const { status } = response;
      if (status !== 200 || !/^text\/event-stream\b/i.test(response.headers.get("content-type"))) {
        abort();
        return this.#isFinal(status);
      }
      this.#failures = this.#refusals = 0;
      this.#become(OPEN);
      const parser = new Parser();
      parser.caughtUp = this.#caughtUp;
      const reader = response.body.getReader();
      for (let read = {}; !read.done && !signal.aborted; read = await reader.read()) {
        this.#reached = Date.now();
        alive();
        const events = parser.read(read.value);
        this.#retry = parser.retry ?? this.#retry;
        if (events.length) this.#say({ events });
        events.forEach(event => this.#take(event));
        if (parser.caughtUp && !caughtUp) {
          caughtUp = this.#caughtUp = true;
          this.#begun ||= asked;
          this.#say({});
          if (this.#joins?.live) this.#follow();
        }
      }
    } catch {
      // it has ended
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
    return all;
  }

  #address(headers) {
    const address = new URL(this.url);
    const query = address.searchParams;
    const id = this.#lastId;
    if (id === undefined) {
      if (this.#begun) {
        query.delete("last"); // not both
        query.set("since", Date.now() - this.#begun + "ms");
      }
    } else if (/^[\x20-\x7e]*$/.test(id)) {
      if (id) headers.set("Last-Event-ID", id);
    } else {
      query.set("last_event_id", id); // headers of fetch are no UTF-8
    }
    if (!this.#caughtUp) query.set("caught_up", 1);
    return address;
  }

  #isFinal(status) {
    if (status === 401) return ++this.#refusals > 1 || typeof this.#options.token !== "function";
    return status === 204 || status === 403
      || status >= 400 && status < 500 && !this.#opened && ![408, 421, 425, 429].includes(status);
  }
}

globalThis.TinySSE = TinySSE;
export default TinySSE;
