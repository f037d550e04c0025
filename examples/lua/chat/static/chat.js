"use strict";

const element = id => document.getElementById(id);
const messages = element("messages");
const shown = new Set(); // ids, for a message that is under way when a stream begins may come twice
let lastId = "";

// Whatever people write becomes text and never HTML: textContent does not parse it.
function show({ name, text, time }) {
  const line = document.createElement("li");
  line.className = name === element("name").value ? "mine" : "";
  for (const [tag, className, content] of [
    ["time", "", new Date(time * 1000).toLocaleTimeString()],
    ["span", "name", name],
    ["span", "text", text],
  ]) {
    const part = document.createElement(tag);
    part.className = className;
    part.textContent = content;
    line.append(part);
  }
  messages.append(line);
  messages.scrollTop = messages.scrollHeight;
}

// An EventSource reconnects by itself when the connection breaks, and says which message it has seen last. It gives up
// only when the response is an error, as by a proxy that knows no better while the server restarts; then a new one is
// needed, which says the same in the address.
function connect() {
  const source = new EventSource("/sse" + (lastId && "?last_event_id=" + encodeURIComponent(lastId)));
  source.onopen = () => {
    element("state").textContent = "connected";
    if (unreachable) tell("");
  };
  source.onmessage = event => {
    lastId = event.lastEventId;
    if (shown.has(lastId)) return;
    shown.add(lastId);
    show(JSON.parse(event.data));
  };
  source.onerror = () => {
    element("state").textContent = "reconnecting";
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  };
}

let unreachable = false; // whether the message shown only says that there was no connection

function tell(message, isConnection = false) {
  element("problem").textContent = message;
  unreachable = isConnection;
}

// The text field is emptied only when the server has taken the message, so that nothing typed is lost.
async function send(event) {
  event.preventDefault();
  const name = element("name").value, text = element("text").value;
  localStorage.setItem("name", name);
  tell("");
  const response = await fetch("/sse?name=" + encodeURIComponent(name), {
    method: "POST",
    body: new URLSearchParams({ data: text }),
  }).catch(() => null);
  if (!response) return tell("Not sent: the server cannot be reached", true);
  if (!response.ok) return tell("Not sent: " + await reason(response));
  if (element("text").value === text) element("text").value = "";
}

// The server's error; a proxy may respond with something else than JSON.
async function reason(response) {
  const body = await response.json().catch(() => ({}));
  return body.error ?? "status " + response.status;
}

element("name").value = localStorage.getItem("name") ?? "";
element("form").addEventListener("submit", send);
connect();
