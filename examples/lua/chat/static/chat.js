"use strict";

const element = id => document.getElementById(id);
const messages = element("messages");
const shown = new Set(); // ids, for the server sends the last messages again when the stream breaks
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

// An EventSource comes back by itself when the connection breaks, and says which message it has seen last. It gives up
// only when the server answers with an error, as a proxy does while the server restarts; then a new one is needed, which
// says the same in the address.
function connect() {
  const source = new EventSource("/sse" + (lastId && "?last_event_id=" + encodeURIComponent(lastId)));
  source.onopen = () => { element("state").textContent = "connected"; };
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

// The text field is emptied only when the server has taken the message, so that nothing typed is lost.
async function send(event) {
  event.preventDefault();
  const name = element("name").value, text = element("text").value;
  localStorage.setItem("name", name);
  element("problem").textContent = "";
  try {
    const answer = await fetch("/sse?name=" + encodeURIComponent(name), {
      method: "POST",
      body: new URLSearchParams({ data: text }),
    });
    if (!answer.ok) throw new Error((await answer.json()).error);
    if (element("text").value === text) element("text").value = "";
  } catch (problem) {
    element("problem").textContent = "Not sent: " + problem.message;
  }
}

element("name").value = localStorage.getItem("name") ?? "";
element("form").addEventListener("submit", send);
connect();
