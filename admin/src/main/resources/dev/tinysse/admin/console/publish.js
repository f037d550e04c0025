// The form to publish a message.

import {request, withQuery} from "./api.js";
import {byId, setText} from "./dom.js";

const form = byId("publish-form");
const result = byId("publish-result");

form.addEventListener("submit", async event => {
  event.preventDefault();
  const message = {};
  for (const name of ["id", "event", "data"]) {
    if (form.elements[name].value !== "") {
      message[name] = form.elements[name].value;
    }
  }
  try {
    const receipt = await request("POST", withQuery("/publish", {channel: form.elements.channel.value.trim()}),
      JSON.stringify(message), {"Content-Type": "application/json"});
    setText(result, `Published to ${receipt.subscribers} ${receipt.subscribers === 1 ? "stream" : "streams"}`
      + (receipt.id ? `, with the id ${receipt.id}.` : "."));
    result.classList.remove("error");
  } catch (failure) {
    setText(result, `Not published: ${failure.message}`);
    result.classList.add("error");
  }
});

export const publishView = {
  show(argument) {
    if (argument) {
      form.elements.channel.value = argument;
    }
    setText(result, "");
  },
};
