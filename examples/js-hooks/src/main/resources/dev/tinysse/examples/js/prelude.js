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

  // What a script returns to say how it refuses: refuse({status: 401, error: "log in first", headers: {…}}).
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

  // All that a script has set beside req and msg; undefined if there is nothing.
  function kept(object) {
    const {req, msg, ...rest} = object;
    return Object.keys(rest).length === 0 ? undefined : copy(rest);
  }

  const open = state => ({req: state.req, ...copy(state.kept)});
  const openPublication = state => {
    const {id, event, data, comment} = state.msg;
    return {req: state.req, msg: {id, event, data, comment: comment && [...comment]}, ...copy(state.kept)};
  };

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
    publication: (req, id, event, data, comment) => ({req, kept: undefined, msg: {
      id: id ?? undefined, event: event ?? undefined, data: data ?? undefined,
      comment: comment.length === 0 ? undefined : [...comment],
    }}),
    subscription: req => ({req, kept: undefined}),

    publish(hook, state) {
      const result = hook(openPublication(state));
      if (isNothing(result) || result instanceof Refusal) return {refusal: result ?? new Refusal()};
      if (!isObject(result)) throw wrong("publish", "pub or nothing", result);
      return {req: state.req, msg: message("publish", result.msg, state), kept: kept(result)};
    },
    subscribe(hook, state) {
      const result = hook(open(state));
      if (isNothing(result) || result instanceof Refusal) return {refusal: result ?? new Refusal()};
      if (!isObject(result)) throw wrong("subscribe", "sub or nothing", result);
      return {req: state.req, kept: kept(result)};
    },
    catchup(hook, state, id) {
      const result = hook(open(state), id ?? undefined);
      if (isNothing(result)) return [];
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
  };
})();
