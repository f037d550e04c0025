// Runs before the script, and hands back the functions through which Java calls hooks. A `state` is what is known of one
// publication or stream; no script ever sees it. Each call of a hook is given new objects, made of it.
(function () {
  "use strict";
  const passOn = value => value, nothing = () => undefined;
  const defaults = {
    startup: nothing, tick: nothing, publish: passOn, subscribe: passOn,
    catchup: nothing, message: passOn, timeout: nothing, unsubscribe: nothing,
  };
  Object.assign(globalThis, defaults); // a script may call what it does not define

  // The return value of a script that rejects: refuse({status: 401, error: "log in first", headers: {…}}).
  class Refusal {
    constructor({status, error, headers} = {}) {
      this.status = status ?? null;
      this.error = error ?? null;
      this.names = Object.keys(headers ?? {});
      this.values = this.names.map(name => headers[name]);
    }
  }
  globalThis.refuse = how => new Refusal(how);

  const object = (names, values) => Object.fromEntries(Array.from(names, (name, i) => [name, values[i]]));

  // Copies data, however it hangs together; functions and objects of a class are shared.
  function copy(value, seen = new Map()) {
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const prototype = Object.getPrototypeOf(value);
    let made = value;
    if (Array.isArray(value) || prototype === Object.prototype || prototype === null) {
      made = Array.isArray(value) ? [] : Object.create(prototype);
      seen.set(value, made);
      for (const key of Object.keys(value)) made[key] = copy(value[key], seen);
    } else if (value instanceof Map) {
      seen.set(value, made = new Map());
      value.forEach((v, k) => made.set(copy(k, seen), copy(v, seen)));
    } else if (value instanceof Set) {
      seen.set(value, made = new Set());
      value.forEach(v => made.add(copy(v, seen)));
    }
    return made;
  }

  // All that a script has set beside req, msg and what else is the server's; undefined if there is nothing.
  function toStored(object, ...reserved) {
    const {req, msg, ...rest} = object;
    reserved.forEach(key => delete rest[key]);
    return Object.keys(rest).length === 0 ? undefined : copy(rest);
  }

  // channel and channels are there if the server knows channels, auth if there was a token
  const open = ({req, auth, channels, stored}) => ({
    req, ...(channels && {channels: [...channels]}), ...copy(stored), ...(auth && {auth}),
  });
  const openPublication = ({req, auth, channel, msg: {id, event, data, comment}, stored}) => ({
    req, ...(channel && {channel}), msg: {id, event, data, comment: comment && [...comment]}, ...copy(stored),
    ...(auth && {auth}),
  });

  function channel(state, from) {
    if (!state.channel) return undefined;
    const name = from.channel ?? "default";
    if (typeof name !== "string") throw new TypeError("publish set channel to something else than a name");
    return name;
  }
  function channels(state, from) {
    if (!state.channels) return undefined;
    const names = from.channels ?? ["default"];
    if (!(Array.isArray(names) || names instanceof Set) || [...names].some(name => typeof name !== "string"))
      throw new TypeError("subscribe set channels to something else than an array or set of names and patterns");
    return [...names];
  }

  // Data as JSON can hold it, for history: texts, truth values and finite numbers as they are, others with a letter in front.
  // Functions, objects of a class and what holds itself are left out.
  const OUT = Symbol("left out");
  function encode(value, around, told) {
    const leftOut = () => { told(); return OUT; };
    const all = values => values.map(each => encode(each, inside, told));
    if (typeof value === "string" || typeof value === "boolean" || value === null || Number.isFinite(value)
      && !Object.is(value, -0)) return value;
    if (typeof value === "number") return ["n", Object.is(value, -0) ? "-0" : String(value)];
    if (typeof value === "bigint") return ["i", String(value)];
    if (value === undefined) return ["u"];
    if (typeof value !== "object" || around.includes(value)) return leftOut();
    const inside = [...around, value], prototype = Object.getPrototypeOf(value);
    const pairs = entries => entries.map(all).filter(pair => !pair.includes(OUT));
    if (Array.isArray(value)) return ["a", all(Array.from(value)).map(each => each === OUT ? ["u"] : each)];
    if (value instanceof Map) return ["m", pairs([...value])];
    if (value instanceof Set) return ["s", all([...value]).filter(each => each !== OUT)];
    return prototype === Object.prototype || prototype === null ? ["o", pairs(Object.entries(value))] : leftOut();
  }
  function decode(value) {
    if (!Array.isArray(value)) return value;
    const pairs = () => value[1].map(([key, each]) => [decode(key), decode(each)]);
    switch (value[0]) {
      case "n": return Number(value[1]);
      case "i": return BigInt(value[1]);
      case "u": return undefined;
      case "a": return value[1].map(decode);
      case "m": return new Map(pairs());
      case "s": return new Set(value[1].map(decode));
      case "o": return Object.fromEntries(pairs());
      default: throw new TypeError("stored by another version");
    }
  }

  const isObject = value => typeof value === "object" && value !== null;
  const isNothing = value => value === undefined || value === null;
  const wrong = (hook, expected, value) =>
    new TypeError(`${hook} must return ${expected}: it returned ${isObject(value) ? "an object" : String(value)}`);

  function text(value) {
    return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
  }

  // A message as Java reads it; the very one of `state` if it says the same.
  function message(hook, from, state) {
    if (!isObject(from)) throw wrong(hook, "an object with msg", from);
    const comment = Array.isArray(from.comment) && from.comment.every(c => text(c) !== undefined)
      ? from.comment.map(text) : undefined;
    const read = {id: text(from.id), event: text(from.event), data: text(from.data), comment};
    const same = state && ["id", "event", "data"].every(field => read[field] === state.msg[field])
      && String(comment) === String(state.msg.comment);
    return same ? state.msg : read;
  }

  return {
    // the function that the script has put there; null if it has not
    hook(name) {
      const found = (0, eval)(`typeof ${name} === "function" ? ${name} : null`);
      return found === defaults[name] ? null : found;
    },
    options: object,

    request: (method, uri, path, query, ip, port, names, values) => Object.freeze({
      method, uri, path, query, addr: Object.freeze({ip, port}), headers: Object.freeze(object(names, values)),
    }),
    claims: (names, values) => Object.freeze(object(names, values)),
    claimList: values => Object.freeze([...values]),
    publication: (req, auth, channel, id, event, data, comment, stored) => ({
      req, auth: auth ?? undefined, channel: channel ?? undefined, stored: stored ?? undefined, msg: {
        id: id ?? undefined, event: event ?? undefined, data: data ?? undefined,
        comment: comment.length === 0 ? undefined : [...comment],
      },
    }),
    subscription: (req, auth, channels) => ({
      req, auth: auth ?? undefined, channels: (channels ?? undefined) && [...channels], stored: undefined,
    }),

    // what publish has set, as text, and the keys of what is left out
    save({stored}) {
      const leftOut = new Set(), entries = Object.entries(stored ?? {})
        .map(([key, value]) => [key, encode(value, [stored], () => leftOut.add(key))]).filter(([, value]) => value !== OUT);
      return {text: entries.length === 0 ? null : "1" + JSON.stringify(entries), leftOut: [...leftOut]};
    },
    restore(text) {
      if (!text.startsWith("1")) throw new TypeError("stored by another version");
      return Object.fromEntries(JSON.parse(text.slice(1)).map(([key, value]) => [key, decode(value)]));
    },

    publish(hook, state) {
      const result = hook(openPublication(state));
      if (isNothing(result) || result instanceof Refusal) return {refusal: result ?? new Refusal()};
      if (!isObject(result)) throw wrong("publish", "pub or nothing", result);
      return {req: state.req, auth: state.auth, channel: channel(state, result),
        msg: message("publish", result.msg, state), stored: toStored(result, state.channel && "channel", state.auth && "auth")};
    },
    subscribe(hook, state) {
      const result = hook(open(state));
      if (isNothing(result) || result instanceof Refusal) return {refusal: result ?? new Refusal()};
      if (!isObject(result)) throw wrong("subscribe", "sub or nothing", result);
      return {req: state.req, auth: state.auth, channels: channels(state, result),
        user: typeof result.user === "string" ? result.user : undefined, stored: toStored(result, state.auth && "auth")};
    },
    catchup(hook, state, id, gap) {
      const result = hook(open(state), id ?? undefined, gap ?? undefined);
      if (isNothing(result)) return null;
      if (!Array.isArray(result)) throw wrong("catchup", "an array of messages or nothing", result);
      return result.map(each => message("catchup", each));
    },
    message(hook, publication, subscription) {
      const result = hook(openPublication(publication), open(subscription));
      if (isNothing(result)) return null;
      if (!isObject(result)) throw wrong("message", "pub or nothing", result);
      const delivered = message("message", result.msg, publication);
      return delivered === publication.msg ? true : delivered; // true: as it was
    },
    timeout(hook, state, elapsed) {
      const result = hook(open(state), elapsed);
      if (isNothing(result)) return null;
      if (text(result) === undefined || Number.isNaN(Number(result))) throw wrong("timeout", "milliseconds or nothing", result);
      return Math.max(0, Math.trunc(Number(result)));
    },
    unsubscribe: (hook, state) => void hook(open(state)),

    // what scripts find as the global tinysse
    connect(server) {
      const required = (name, value) => {
        if (text(value) === undefined) throw new TypeError(`${name} must be a text`);
        return text(value);
      };
      const optional = (name, value) => isNothing(value) ? null : required(name, value);
      globalThis.tinysse = Object.freeze({
        publish(msg, channel) {
          if (!isObject(msg)) throw new TypeError("a message must be an object");
          const comment = isNothing(msg.comment) ? [] : Array.from(msg.comment, each => required("comment", each));
          return server.publish(optional("id", msg.id), optional("event", msg.event), optional("data", msg.data), comment,
            optional("channel", channel));
        },
        subscribers: channel => server.subscribers(optional("channel", channel)),
        channels: prefix => Array.from(server.channels(optional("prefix", prefix) ?? "")),
        history: (channel, {after, since, last} = {}) => Array.from(server.history(required("channel", channel),
          optional("after", after), since ?? null, last ?? null)),
        disconnect: which => server.disconnect(state => Boolean(which(open(state)))),
      });
    },
  };
})();
