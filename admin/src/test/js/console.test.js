import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, load, settled, sources } from "./page.js";

test("numbers, sizes and times are short", async () => {
  const [, format] = await load("format.js");
  const { ABSENT, age, bytes, millis, number, short } = format;
  assert.deepEqual([null, 0, 12.345, 99.96, 100.4, 1234567].map(number), [ABSENT, "0", "12.3", "100", "100", "1,234,567"]);
  assert.deepEqual([null, 0, 999, 1000, 1234567, 5e17].map(bytes), [ABSENT, "0 B", "999 B", "1 kB", "1.23 MB", "500 PB"]);
  assert.deepEqual([null, 0.1234, 999, 1500].map(millis), [ABSENT, "0.123 ms", "999 ms", "1.5 s"]);
  const ago = seconds => age(Date.now() - seconds * 1000);
  assert.deepEqual([-5, 119, 120, 7199, 7260].map(ago), ["0 s", "119 s", "2 min", "119 min", "2 h 1 min"]);
  assert.equal(short("abcdef", 3), "abc…");
  assert.equal(short("abc", 3), "abc");
});

test("counters become rates, and a server that has been started again counts from zero", async () => {
  const [, { Samples }] = await load("samples.js");
  const samples = new Samples();
  const metrics = (time, published) => ({ time, published, delivered: 0, lost: 0, streams: 1 });
  for (const [time, published] of [[0, 10], [2000, 30], [2000, 99], [3000, 5], [4000, 8]]) {
    samples.add(metrics(time, published));
  }
  assert.deepEqual(samples.all.map(sample => sample.publishedRate), [null, 10, null, 3]);
});

test("ten minutes of samples are stored, and those of the server come before the newer ones of the page", async () => {
  const [, { Samples }] = await load("samples.js");
  const samples = new Samples();
  const metrics = time => ({ time, published: time, delivered: 0, lost: 0, streams: 1 });
  samples.add(metrics(5000));
  samples.add(metrics(6000));
  samples.remember([metrics(3000), metrics(4000), metrics(5000)]);
  assert.deepEqual(samples.all.map(sample => sample.time), [3000, 4000, 5000, 6000]);
  for (let time = 7000; time <= 700000; time += 1000) {
    samples.add(metrics(time));
  }
  assert.deepEqual([samples.all.length, samples.all[0].time], [600, 101000]);
});

test("a chart has a gap where samples are missing, and ends its scale at 1, 2 or 5 with zeros", async () => {
  const [byId, { Chart, scaleEnd }] = await load("chart.js");
  assert.deepEqual([0, 1, 1.1, 3, 7, 200, 201].map(scaleEnd), [1, 1, 2, 5, 10, 200, 500]);
  const chart = new Chart(byId("charts"), "Streams", "streams", String);
  const at = (time, streams) => ({ time, streams });
  chart.draw([at(0, 1), at(1000, 2), at(2000, null), at(9000, 2), at(10000, 1)], 10000);
  assert.deepEqual(chart.line.getAttribute("d").match(/[ML]/g), ["M", "L", "M", "L"]);
  assert.equal(chart.value.textContent, "1");
  const press = key => chart.svg.dispatchEvent(Object.assign(new Event("keydown"), { key }));
  press("ArrowLeft");
  assert.match(chart.value.textContent, /2$/);
  press("Home");
  assert.equal(chart.svg.getAttribute("aria-valuenow"), "0");
});

test("an error has the text of the server, or its status, or that it does not respond", async () => {
  const [, { get, withQuery }] = await load("api.js");
  const said = { "/a": [400, { error: "no such thing" }], "/b": [502, "<html>"], "/c": new TypeError("failed to fetch") };
  answer(path => said[path]);
  await assert.rejects(get("/a"), /^Error: no such thing$/);
  await assert.rejects(get("/b"), /^Error: the server responded with status 502$/);
  await assert.rejects(get("/c"), /^Error: the server does not respond$/);
  assert.equal(withQuery("/streams", { channel: "a b", sub: "", after: null, limit: 5 }), "/streams?channel=a+b&limit=5");
  assert.equal(withQuery("/streams", { sub: "" }), "/streams");
});

test("a 401 requires a login, unless it is the response to one", async () => {
  const [, { onLoginNeeded, request }] = await load("api.js");
  let needed = 0;
  onLoginNeeded(() => needed++);
  answer(() => [401, { error: "a token is required" }]);
  await assert.rejects(request("POST", "/login"));
  assert.equal(needed, 0);
  await assert.rejects(request("GET", "/session"));
  assert.equal(needed, 1);
});

test("events are opened again after a response that is an error, and not after close", async t => {
  const [, { events }] = await load("api.js");
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const requests = answer(() => [503, {}]);
  const states = [], values = [];
  const close = events("/events", { message: value => values.push(value) }, state => states.push(state));
  sources()[0].opens();
  sources()[0].sends("message", { streams: 1 });
  sources()[0].fails(false); // the browser reconnects by itself
  t.mock.timers.tick(6000);
  assert.equal(sources().length, 1);
  sources()[0].fails(true);
  assert.deepEqual(requests.map(({ path }) => path), ["/session"]);
  t.mock.timers.tick(5000);
  assert.equal(sources().length, 2);
  assert.deepEqual([states, values], [["live", "lost", "lost"], [{ streams: 1 }]]);
  sources()[1].fails(true);
  close();
  t.mock.timers.tick(6000);
  assert.equal(sources().length, 2);
});

test("a table uses its rows again, and values are text", async () => {
  const [byId, { Table }] = await load("table.js");
  const holder = byId("holder");
  const table = new Table(holder, "Things", [{ title: "Name", value: row => row.name, link: row => "#" + row.name },
    { title: "Size", value: row => row.size }], "Nothing.");
  table.show([{ name: "a", size: 1 }, { name: "<b>", size: 2 }]);
  const [first, second] = table.body.rows;
  assert.deepEqual([second.cells[0].textContent, second.cells[0].firstElementChild.getAttribute("href")], ["<b>", "#<b>"]);
  table.show([{ name: "c", size: 3 }]);
  assert.deepEqual([table.body.rows.length, table.body.rows[0] === first, first.textContent], [1, true, "c3"]);
  table.show([]);
  assert.deepEqual([table.scroll.hidden, table.empty.hidden], [true, false]);
});

test("of two pages that are under way the one that was requested last is shown", async () => {
  const [byId, { PagedTable }] = await load("table.js");
  const asked = [];
  const shown = [];
  const paged = new PagedTable(byId("holder"), { show: rows => shown.push(rows) },
    cursor => new Promise((resolve, reject) => asked.push({ cursor, resolve, reject })));
  paged.refresh();
  paged.refresh();
  asked[1].resolve({ rows: ["new"], next: "n" });
  asked[0].resolve({ rows: ["old"], next: null });
  await settled();
  assert.deepEqual([shown, paged.further.disabled], [[["new"]], false]);
  paged.further.click();
  assert.equal(asked[2].cursor, "n");
  asked[2].reject(new Error("away"));
  await settled();
  assert.equal(paged.error.textContent, "away");
});

test("the answer to a question is not the late event of the one before", async () => {
  const [byId, { ask }] = await load("confirm.js");
  const answers = [];
  ask("First?", "Yes").then(({ yes }) => answers.push(["first", yes]));
  byId("confirm").close("no");
  ask("Second?", "Yes").then(({ yes }) => answers.push(["second", yes]));
  await settled(); // the event of the first has come
  assert.deepEqual(answers, [["first", false]]);
  byId("confirm").close("yes");
  await settled();
  assert.deepEqual(answers, [["first", false], ["second", true]]);
});

test("a stream that is gone cannot be closed, but another that is shown meanwhile can", async () => {
  const [byId, { streamView }] = await load("streams.js");
  const pending = {};
  answer(path => new Promise(resolve => (pending[path] = resolve)));
  const found = { address: "a", channels: ["x"], opened: 0, messages: 1, bytes: 2, behind: 0, lost: 0, node: "n" };
  streamView.show("old");
  streamView.show("new");
  pending["/streams/new"](found);
  await settled();
  pending["/streams/old"]([404, { error: "no such stream" }]);
  await settled();
  assert.deepEqual([byId("stream-end").disabled, byId("stream-result").textContent], [false, ""]);
  streamView.show("old");
  pending["/streams/old"]([404, { error: "no such stream" }]);
  await settled();
  assert.deepEqual([byId("stream-end").disabled, byId("stream-result").textContent], [true, "no such stream"]);
});

test("the newest hundred messages of a channel are shown, and how many were left out", async () => {
  const [byId, { liveView }] = await load("live.js");
  liveView.show("news");
  const source = sources()[0];
  assert.equal(source.path, "/channels/news/events");
  source.opens();
  const message = number => ({ time: 0, channel: "news", data: `m${number}`, comment: number === 1 ? ["c"] : undefined });
  source.sends("messages", { skipped: 0, messages: [message(1)] });
  assert.match(byId("live-messages").rows[0].textContent, /m1\n: c$/);
  for (let i = 2; i <= 101; i++) {
    source.sends("messages", { skipped: i === 101 ? 7 : 0, messages: [message(i)] });
  }
  const rows = byId("live-messages").rows;
  assert.equal(rows.length, 100);
  assert.match(rows[0].textContent, /m101$/);
  assert.match(rows.at(-1).textContent, /m2$/);
  assert.match(byId("live-state").textContent, /^Watching news\. 7 messages/);
  liveView.hide();
  assert.deepEqual([source.readyState, byId("live-state").textContent], [2, "Stopped."]);
});

const SESSION = { login: true, version: "1", node: "n" };

test("the page is live although the server does not give the samples of the last ten minutes", async () => {
  let fail;
  answer(path => (path === "/session" ? SESSION : new Promise((_, reject) => (fail = reject))));
  const [byId] = await load("console.js");
  sources()[0].opens();
  fail(new TypeError("failed to fetch"));
  await settled();
  assert.deepEqual([byId("state").dataset.state, byId("state").textContent], ["live", "live"]);
});

test("a page that is not logged in shows the login alone, and no stream goes on", async t => {
  let loggedIn = true;
  answer(path => (loggedIn ? (path === "/session" ? SESSION : { samples: [] }) : [401, { error: "a token is required" }]));
  const [byId] = await load("console.js");
  await settled();
  sources()[0].opens();
  loggedIn = false;
  t.mock.timers.enable({ apis: ["setTimeout"] });
  sources()[0].fails(true);
  await settled();
  assert.deepEqual([byId("state").textContent, byId("logout").hidden, document.activeElement === byId("login-token")],
    ["not logged in", true, true]);
  byId("options-title").textContent = "Options";
  location.hash = "#options";
  window.dispatchEvent(new Event("hashchange"));
  t.mock.timers.tick(6000);
  assert.notEqual(document.title, "Options – Tiny SSE console");
  assert.equal(sources().length, 1);
});
