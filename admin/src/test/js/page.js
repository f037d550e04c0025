// A page that the console's scripts can run in: a document whose elements come into being when a script looks for them.

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { after } from "node:test";

const SCRIPTS = fileURLToPath(new URL("../../main/resources/dev/tinysse/admin/console/", import.meta.url));

class Element extends EventTarget {
  constructor(name) {
    super();
    this.name = name;
    this.children = [];
    this.parent = null;
    this.attributes = new Map();
    this.dataset = {};
    this.style = {};
    this.classes = new Set();
    this.ownText = "";
    this.className = "";
    this.value = "";
    this.hidden = this.disabled = false;
    this.classList = {
      toggle: (kind, on) => (on ? this.classes.add(kind) : this.classes.delete(kind)),
      add: kind => this.classes.add(kind),
      remove: kind => this.classes.delete(kind),
    };
    this.elements = new Proxy({}, { get: (fields, field) => (fields[field] ??= new Element("input")) });
  }

  get textContent() {
    return this.children.length ? this.children.map(child => child.textContent).join("") : this.ownText;
  }

  set textContent(text) {
    this.replaceChildren();
    this.ownText = text;
  }

  get rows() {
    return this.children;
  }

  get cells() {
    return this.children;
  }

  get firstElementChild() {
    return this.children[0] ?? null;
  }

  get lastElementChild() {
    return this.children.at(-1) ?? null;
  }

  #adopt(child) {
    if (!(child instanceof Element)) {
      const text = new Element("#text");
      text.ownText = String(child);
      return this.#adopt(text);
    }
    child.remove();
    child.parent = this;
    return child;
  }

  append(...children) {
    const adopted = children.map(child => this.#adopt(child));
    this.children.push(...adopted);
  }

  prepend(child) {
    const adopted = this.#adopt(child);
    this.children.unshift(adopted);
  }

  replaceChildren() {
    this.children.forEach(child => (child.parent = null));
    this.children = [];
  }

  remove() {
    if (this.parent) {
      this.parent.children = this.parent.children.filter(child => child !== this);
      this.parent = null;
    }
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  hasAttribute(name) {
    return this.attributes.has(name);
  }

  removeAttribute(name) {
    this.attributes.delete(name);
  }

  focus() {
    document.activeElement = this;
  }

  select() {}

  getBoundingClientRect() {
    return { left: 0, width: 600 };
  }

  click() {
    this.dispatchEvent(new Event("click"));
  }

  /** Of a dialog. */
  showModal() {
    this.open = true;
  }

  /** Of a dialog: as in a browser, the event comes later. */
  close(value) {
    this.open = false;
    this.returnValue = value;
    setImmediate(() => this.dispatchEvent(new Event("close")));
  }
}

/** Loads scripts of the console, with a new page and modules that no other test has. */
export async function load(...names) {
  const folder = mkdtempSync(join(tmpdir(), "console-"));
  after(() => rmSync(folder, { recursive: true }));
  cpSync(SCRIPTS, folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const elements = new Map();
  const byId = id => elements.get(id) ?? elements.set(id, new Element("div")).get(id);
  globalThis.document = Object.assign(new EventTarget(), {
    hidden: false,
    activeElement: null,
    getElementById: byId,
    createElement: name => new Element(name),
    createElementNS: (_, name) => new Element(name),
    querySelectorAll: () => [],
  });
  globalThis.window = new EventTarget();
  globalThis.location = { hash: "", reload() {} };
  Sources.all = [];
  globalThis.EventSource = Sources;
  const modules = [];
  for (const name of names) {
    modules.push(await import(pathToFileURL(join(folder, name))));
  }
  return [byId, ...modules];
}

/** An EventSource that a test opens, and whose events it sends. */
class Sources extends EventTarget {
  static CLOSED = 2;
  static all = [];

  readyState = 0;

  constructor(path) {
    super();
    this.path = path;
    Sources.all.push(this);
  }

  opens() {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  sends(name, value) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(value) }));
  }

  /** The connection is lost; for good if the response was an error. */
  fails(closed) {
    this.readyState = closed ? 2 : 0;
    this.dispatchEvent(new Event("error"));
  }

  close() {
    this.readyState = 2;
  }
}

export const sources = () => Sources.all;

/** Answers requests with what a function says: a value, a [status, value], or an Error for a server that is away. */
export function answer(say) {
  const requests = [];
  globalThis.fetch = async (path, options) => {
    requests.push({ path, ...options });
    const said = await say(path, options);
    if (said instanceof Error) throw said;
    const [status, value] = Array.isArray(said) ? said : [200, said];
    return new Response(typeof value === "string" ? value : JSON.stringify(value), { status });
  };
  return requests;
}

/** Lets all that is under way come to its end. */
export async function settled() {
  for (let i = 0; i < 20; i++) {
    await new Promise(done => setImmediate(done));
  }
}
