// Logging in with the token of the listener, which becomes a cookie that scripts cannot read.

import {request} from "./api.js";
import {byId, setText} from "./dom.js";

const form = byId("login-form");
const token = byId("login-token");
const error = byId("login-error");

form.addEventListener("submit", async event => {
  event.preventDefault();
  setText(error, "");
  try {
    await request("POST", "/login", null, {Authorization: `Bearer ${token.value}`});
    location.reload();
  } catch (failure) {
    setText(error, failure.message);
    token.select();
  }
});

export const loginView = {
  show() {
    token.focus();
  },
  async logOut() {
    try {
      await request("POST", "/logout");
    } finally {
      location.reload();
    }
  },
};
