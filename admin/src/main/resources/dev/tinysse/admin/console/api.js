// Requests to the server that the page came from.

/** Is called when the server requires a token. */
let needsLogin = () => {};

export function onLoginNeeded(callback) {
  needsLogin = callback;
}

/** A response and its text. Browsers word the error of an unreachable server differently. */
async function exchange(path, options) {
  try {
    const response = await fetch(path, options);
    return [response, await response.text()];
  } catch {
    throw new Error("the server does not respond");
  }
}

/** The JSON of a response; throws an error with the server's text. */
export async function request(method, path, body, headers = {}) {
  const [response, text] = await exchange(path, {method, body, headers, credentials: "same-origin", cache: "no-store"});
  let value = null;
  try {
    value = text ? JSON.parse(text) : null;
  } catch {
    // a response that is no JSON has its status alone
  }
  if (response.status === 401 && path !== "/login") {
    needsLogin();
  }
  if (!response.ok) {
    throw new Error(value?.error ?? `the server responded with status ${response.status}`);
  }
  return value;
}

export const get = path => request("GET", path);

/** A path with a query of those values that are not empty. */
export function withQuery(path, values) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== "" && value != null));
  return query.size ? `${path}?${query}` : path;
}

/**
 * An event stream of the server, until it is closed. A browser reconnects by itself, unless the response was an error; then
 * the page requests the reason, and opens the stream again after a delay.
 */
export function events(path, listeners, onState) {
  let source = null;
  let timer = 0;
  let closed = false;
  const open = () => {
    source = new EventSource(path);
    source.addEventListener("open", () => onState("live"));
    for (const [name, listener] of Object.entries(listeners)) {
      source.addEventListener(name, event => listener(JSON.parse(event.data)));
    }
    source.addEventListener("error", () => {
      onState("lost");
      if (source.readyState === EventSource.CLOSED && !closed) {
        get("/session").catch(() => {});
        timer = setTimeout(open, 3000 + 2000 * Math.random());
      }
    });
  };
  open();
  return () => {
    closed = true;
    clearTimeout(timer);
    source.close();
  };
}
