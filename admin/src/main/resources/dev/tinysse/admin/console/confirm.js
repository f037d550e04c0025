// Asks before something is done that cannot be undone.

import {byId, setText} from "./dom.js";

const dialog = byId("confirm");
const choice = byId("confirm-choice");
const retry = byId("confirm-retry");
/** Takes the answer to the question that is open. */
let settle = () => {};

function answer() {
  settle({yes: dialog.returnValue === "yes", choice: retry.checked});
  settle = () => {};
}

// a browser sends the event some time after the dialog has closed, perhaps when it shows the next question
dialog.addEventListener("close", () => dialog.open || answer());

/** Whether the answer is yes, and whether the box, if there is one, is ticked. */
export function ask(question, action, withChoice = false) {
  answer();
  setText(byId("confirm-text"), question);
  setText(byId("confirm-yes"), action);
  choice.hidden = !withChoice;
  retry.checked = true;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise(resolve => {
    settle = resolve;
  });
}
