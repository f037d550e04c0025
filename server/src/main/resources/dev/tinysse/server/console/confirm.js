// Asks before something is done that cannot be undone.

import {byId, setText} from "./dom.js";

const dialog = byId("confirm");
const choice = byId("confirm-choice");
const retry = byId("confirm-retry");

/** Whether the answer is yes, and whether the box, if there is one, is ticked. */
export function ask(question, action, withChoice = false) {
  setText(byId("confirm-text"), question);
  setText(byId("confirm-yes"), action);
  choice.hidden = !withChoice;
  retry.checked = true;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener("close",
    () => resolve({yes: dialog.returnValue === "yes", choice: retry.checked}), {once: true}));
}
