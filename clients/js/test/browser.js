// What tinysse.js uses of a browser and Node lacks: Web Locks, tabs that hear each other, and events of the page.

const channels = new Map();

/** Delivers copies of messages to the other channels of the same name, later and in order. */
export class FakeBroadcastChannel {
  onmessage = null;

  constructor(name) {
    this.name = name;
    this.others = channels.get(name) ?? channels.set(name, new Set()).get(name);
    this.others.add(this);
  }

  postMessage(message) {
    const data = structuredClone(message);
    for (const other of this.others) {
      if (other !== this) {
        setImmediate(() => this.others.has(other) && other.onmessage?.({ data }));
      }
    }
  }

  close() {
    this.others.delete(this);
  }
}

const abortError = () => new DOMException("The request was aborted.", "AbortError");

/** Exclusive locks with ifAvailable, signal and steal. */
export class FakeLocks {
  #held = new Map();

  async request(name, { ifAvailable, signal, steal }, callback) {
    const held = this.#held.get(name);
    if (held && ifAvailable) return callback(null);
    if (held && steal) {
      this.#held.delete(name);
      held.steal();
    }
    while (this.#held.has(name)) {
      await new Promise((resolve, reject) => {
        if (signal?.aborted) reject(abortError());
        signal?.addEventListener("abort", () => reject(abortError()));
        this.#held.get(name).done.then(resolve);
      });
    }
    const lock = {};
    lock.done = new Promise(resolve => (lock.free = resolve));
    const stolen = new Promise((_, reject) => (lock.steal = () => reject(abortError())));
    stolen.catch(() => {});
    this.#held.set(name, lock);
    try {
      return await Promise.race([callback({ name }), stolen]);
    } finally {
      if (this.#held.get(name) === lock) this.#held.delete(name);
      lock.free();
    }
  }
}

/** The page: its events, and whether it is hidden. */
export const page = new EventTarget();
page.hidden = false;

// the timers of a page end with it
const { setTimeout } = globalThis;
globalThis.setTimeout = (...timer) => setTimeout(...timer).unref();
globalThis.BroadcastChannel = FakeBroadcastChannel;
globalThis.addEventListener = page.addEventListener.bind(page);
globalThis.document = page;
Object.defineProperty(globalThis, "navigator", { value: { locks: new FakeLocks() }, configurable: true });
