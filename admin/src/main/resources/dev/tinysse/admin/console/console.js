// The page: the view that is shown, the state of the connection, and the login.

import {events, get, onLoginNeeded} from "./api.js";
import {channelView, channelsView} from "./channels.js";
import {byId, setText} from "./dom.js";
import {liveView} from "./live.js";
import {logView} from "./log.js";
import {loginView} from "./login.js";
import {optionsView} from "./options.js";
import {overviewView} from "./overview.js";
import {publishView} from "./publish.js";
import {streamView, streamsView} from "./streams.js";

const REFRESH = 5;
const STATES = {live: "live", lost: "disconnected, reconnecting", wait: "connecting"};
const views = {
  overview: overviewView, channels: channelsView, channel: channelView, streams: streamsView, stream: streamView,
  live: liveView, publish: publishView, log: logView, options: optionsView,
};
const parents = {channel: "channels", stream: "streams"};
let shown = null;
let close = () => {};
let locked = false;

/** The view that the address names, and what it is about. */
function route() {
  const [name, ...rest] = location.hash.slice(1).split("/");
  let argument = null;
  try {
    argument = rest.length ? decodeURIComponent(rest.join("/")) : null;
  } catch {
    // an address that somebody has made up
  }
  return Object.hasOwn(views, name) ? [name, argument] : ["overview", null];
}

function showSection(name) {
  for (const section of document.querySelectorAll("main > section")) {
    section.hidden = section.id !== `view-${name}`;
  }
  for (const link of document.querySelectorAll("nav a")) {
    const current = link.hash === `#${parents[name] ?? name}`;
    if (current) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

function show(moveFocus) {
  if (locked) {
    return;
  }
  const [name, argument] = route();
  if (shown?.hide) {
    shown.hide();
  }
  shown = views[name];
  showSection(name);
  shown.show(argument);
  const title = byId(`${name}-title`);
  document.title = `${title.textContent} – Tiny SSE console`;
  if (moveFocus && title.hasAttribute("tabindex")) {
    title.focus();
  }
}

function setState(state) {
  byId("state").dataset.state = state;
  setText(byId("state"), STATES[state]);
}

function begin() {
  let ticks = 0;
  close = events("/events", {
    message: metrics => {
      overviewView.add(metrics, shown === overviewView && !document.hidden);
      if (++ticks % REFRESH === 0 && shown?.tick && !document.hidden) {
        shown.tick();
      }
    },
  }, setState);
  window.addEventListener("hashchange", () => show(true));
  show(false);
}

/** Shows only the login form; a login reloads the page. */
onLoginNeeded(() => {
  if (locked) {
    return;
  }
  locked = true;
  close();
  shown?.hide?.();
  shown = null;
  setState("wait");
  setText(byId("state"), "not logged in");
  byId("logout").hidden = true;
  showSection("login");
  loginView.show();
});
byId("logout").addEventListener("click", () => loginView.logOut());

try {
  const session = await get("/session");
  byId("logout").hidden = !session.login;
  setText(byId("node"), `${session.version} ${session.node}`);
  begin();
  // from here on the events tell the state of the connection; without these samples the charts begin now
  get("/figures").then(({samples}) => overviewView.remember(samples), () => {});
} catch (failure) {
  if (!locked) {
    setText(byId("state"), failure.message);
  }
}
