// The newest lines of the log at WARN and above.

import {get} from "./api.js";
import {byId} from "./dom.js";
import {moment} from "./format.js";
import {Table} from "./table.js";

const LINES = 200;

const table = new Table(byId("log-lines"), "Lines of the log", [
  {title: "Time", value: line => moment(line.time), kind: "time"},
  {title: "Level", value: line => line.level, kind: "time", state: line => line.level === "ERROR" ? "level-ERROR" : "level-WARN"},
  {title: "Logger", value: line => line.logger, kind: "wide"},
  {title: "Message", value: line => line.message, kind: "code"},
], "Nothing at WARN or above since the start.");

async function refresh() {
  try {
    // the latest first, but what was logged together stays in its order
    table.show((await get("/log")).lines.slice(-LINES).sort((a, b) => b.time - a.time));
  } catch (failure) {
    table.show([{time: Date.now(), level: "ERROR", logger: "console", message: failure.message}]);
  }
}

export const logView = {
  show: refresh,
  tick: refresh,
};
