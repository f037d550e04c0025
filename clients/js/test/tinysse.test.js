import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { page } from "./browser.js";
import { refuse, stream, Streams, until } from "./server.js";
import TinySSE from "../tinysse.js";

const TIMEOUT = { timeout: 10000 };
const realRandom = Math.random, realNow = Date.now, realTimeout = globalThis.setTimeout;
let tabs = [], servers = [];

/** A tab: its source, and what it has seen. */
function tab(url, options = {}) {
  const source = new TinySSE(url, { silence: 0, ...options });
  const seen = { source, data: [], opens: 0, errors: 0, gaps: [] };
  source.onmessage = event => seen.data.push(event.data);
  source.onopen = () => seen.opens++;
  source.onerror = () => seen.errors++;
  source.ongap = event => seen.gaps.push(event.detail);
  tabs.push(seen);
  return seen;
}

async function serve(answer) {
  const server = await Streams.start(answer);
  servers.push(server);
  return server;
}

/** A tab that leads, and others that follow it. */
async function shared(server, count, options = {}) {
  const all = [];
  for (let i = 0; i < count; i++) {
    all.push(tab(server.url, typeof options === "function" ? options(i) : options));
    await until(() => all[i].source.readyState === TinySSE.OPEN);
  }
  return all;
}

beforeEach(() => {
  Math.random = () => 0; // no wait before a reconnect
});

afterEach(() => {
  tabs.forEach(({ source }) => source.close());
  servers.forEach(server => server.close());
  tabs = [];
  servers = [];
  page.hidden = false;
  Math.random = realRandom;
  Date.now = realNow;
  globalThis.setTimeout = realTimeout;
});

test("followers receive the leader's one stream", TIMEOUT, async () => {
  const server = await serve(({ response }) => stream(response));
  const all = await shared(server, 3);
  server.send("data: a\n\ndata: b\ndata: c\n\n");
  await until(() => all.every(({ data }) => data.length === 2));
  all.forEach(({ data }) => assert.deepEqual(data, ["a", "b\nc"]));
  assert.equal(server.requests.length, 1);
});

test("without share each tab has its own stream", TIMEOUT, async () => {
  const server = await serve(({ response }) => stream(response));
  await shared(server, 2, { share: false });
  assert.equal(server.requests.length, 2);
});

test("a follower leads when the leader closes, and resumes from the last id", TIMEOUT, async () => {
  const server = await serve(({ response, headers }) =>
    stream(response, headers["last-event-id"] === "1" ? "id: 2\ndata: two\n\n: caught up\n\n" : "id: 1\ndata: one\n\n"));
  const [leader, follower] = await shared(server, 2);
  await until(() => leader.data.length === 1);
  server.send("id: 1\ndata: again\n\n");
  await until(() => follower.data.includes("again"));
  leader.source.close();
  await until(() => follower.data.at(-1) === "two");
  assert.equal(server.requests.length, 2);
  assert.equal(server.requests[1].headers["last-event-id"], "1");
});

test("each tab sends its own token, and only tabs with equal tokens share", TIMEOUT, async () => {
  const server = await serve(({ response, headers }) => stream(response, `data: for ${headers.authorization}\n\n`));
  const [anna, eve, alsoAnna] = await shared(server, 3, number => ({ token: () => ["anna", "eve", "anna"][number] }));
  await until(() => anna.data.length && eve.data.length);
  assert.deepEqual([anna.data, eve.data], [["for Bearer anna"], ["for Bearer eve"]]);
  assert.deepEqual(server.requests.map(({ headers }) => headers.authorization), ["Bearer anna", "Bearer eve"]);
  server.send("data: to all\n\n");
  await until(() => alsoAnna.data.length && eve.data.length === 2);
  assert.deepEqual(alsoAnna.data, ["to all"]);
});

test("a follower whose token has become another user's leaves the stream when it is opened again", TIMEOUT, async () => {
  const users = ["anna", "anna"];
  const server = await serve(({ response, headers }) => stream(response, `data: for ${headers.authorization}\n\n`));
  const [leader, follower] = await shared(server, 2, number => ({ token: () => users[number] }));
  users[1] = "eve";
  server.cut();
  await until(() => follower.data.includes("for Bearer eve"));
  await until(() => leader.opens === 2);
  assert.ok(!follower.data.slice(1).includes("for Bearer anna"), `the follower has seen ${follower.data}`);
  assert.ok(!leader.data.includes("for Bearer eve"), `the leader has seen ${leader.data}`);
});

test("published events with the names of the client's own are dispatched under other names", TIMEOUT, async () => {
  const server = await serve(({ response }) => stream(response));
  const [leader, follower] = await shared(server, 2);
  for (const one of [leader, follower]) {
    one.named = [];
    for (const name of ["open", "error", "gap", "other"]) {
      one.source.addEventListener("event:" + name, ({ data }) => one.named.push(data));
      one.source.addEventListener(name, event => "data" in event && event.data && one.named.push(name + "!"));
    }
  }
  server.send("event: open\ndata: 1\n\nevent: error\ndata: 2\n\nevent: gap\ndata: 3\n\nevent: other\ndata: 4\n\ndata: end\n\n");
  await until(() => [leader, follower].every(({ data }) => data.includes("end")));
  for (const one of [leader, follower]) {
    assert.deepEqual(one.named, ["1", "2", "3", "other!"]);
    assert.deepEqual([one.opens, one.errors, one.gaps], [1, 0, []]);
  }
});

test("tinysse.gap is a gap with its details in each tab, also if a script has sent no JSON", TIMEOUT, async () => {
  const server = await serve(({ response }) => stream(response));
  const all = await shared(server, 2);
  server.send('event: tinysse.gap\ndata: {"reason":"expired","after":"7"}\n\nevent: tinysse.gap\ndata: none\n\n');
  await until(() => all.every(({ gaps }) => gaps.length === 2));
  all.forEach(({ gaps }) => assert.deepEqual(gaps, [{ reason: "expired", after: "7" }, undefined]));
});

/** The waits before requests that fail, with the longest that chance allows; each lasts no time. */
async function waits(source, count) {
  const found = [];
  let draws = false; // the client draws a number for a wait, and nothing else for its timers
  Math.random = () => {
    draws = true;
    return 1;
  };
  globalThis.setTimeout = (done, millis, ...rest) => {
    if (!draws) return realTimeout(done, millis, ...rest);
    draws = false;
    found.push(millis);
    return realTimeout(done, 0, ...rest);
  };
  await until(() => found.length >= count);
  source.close();
  return found.slice(0, count);
}

test("the wait doubles up to 5 seconds in the first minute, and to 30 seconds later", TIMEOUT, async () => {
  const server = await serve(({ response, number }) => {
    if (number === 0) {
      stream(response, "retry: 400\n\n");
      response.end();
    } else {
      if (number === 6) Date.now = () => realNow() + 61000;
      refuse(response, 503);
    }
  });
  const { source } = tab(server.url, { share: false });
  assert.deepEqual(await waits(source, 10), [400, 800, 1600, 3200, 5000, 5000, 25600, 30000, 30000, 30000]);
});

test("retry is at least 100 ms and at most a day", TIMEOUT, async () => {
  for (const [retry, wait] of [["0", 100], ["99999999999", 86400000], ["x", 1000]]) {
    const server = await serve(({ response }) => {
      stream(response, `retry: ${retry}\n\n`);
      response.end();
    });
    const { source } = tab(server.url, { share: false });
    assert.deepEqual(await waits(source, 2), [wait, wait], `retry: ${retry}`);
    globalThis.setTimeout = realTimeout;
  }
});

test("online and a page that becomes visible end the wait; a page that becomes hidden does not", TIMEOUT, async () => {
  let up = false;
  const server = await serve(({ response }) => (up ? stream(response) : refuse(response, 503)));
  Math.random = () => 1000; // the wait is longer than the test
  const { source } = tab(server.url, { share: false });
  const asked = async count => {
    await until(() => server.requests.length === count);
    await until(() => server.open.size === 0);
    await new Promise(done => setTimeout(done, 20)); // the client has read the response, and waits
  };
  await asked(1);
  page.dispatchEvent(new Event("online"));
  await asked(2);
  page.hidden = true;
  page.dispatchEvent(new Event("visibilitychange"));
  await asked(2);
  page.hidden = false;
  up = true;
  page.dispatchEvent(new Event("visibilitychange"));
  await until(() => source.readyState === TinySSE.OPEN);
  assert.equal(server.requests.length, 3);
});

test("a visible follower wakes the leader", TIMEOUT, async () => {
  let up = true;
  const server = await serve(({ response }) => (up ? stream(response) : refuse(response, 503)));
  const { addEventListener } = globalThis;
  globalThis.addEventListener = () => {}; // the leader's page hears nothing
  const leader = tab(server.url);
  await until(() => leader.source.readyState === TinySSE.OPEN);
  globalThis.addEventListener = addEventListener;
  const follower = tab(server.url);
  await until(() => follower.source.readyState === TinySSE.OPEN);
  up = false;
  Math.random = () => 1000; // the wait is longer than the test
  server.cut();
  await until(() => follower.errors > 0 && leader.errors > 0);
  up = true;
  page.dispatchEvent(new Event("online"));
  await until(() => follower.source.readyState === TinySSE.OPEN);
  assert.equal(server.requests.length, 2);
});

test("a tab with a replay of its own follows after `: caught up`, with each message once and in order", TIMEOUT, async () => {
  let replay;
  const server = await serve(({ response, headers, query }) => {
    stream(response);
    if (headers["last-event-id"] === "0") {
      assert.equal(query.get("caught_up"), "1");
      replay = response;
    }
  });
  const leader = tab(server.url);
  await until(() => leader.source.readyState === TinySSE.OPEN);
  server.send("id: 2\ndata: two\n\n");
  const late = tab(server.url, { lastEventId: "0" });
  await until(() => replay);
  replay.write("id: 1\ndata: one\n\nid: 2\ndata: two\n\n");
  await until(() => late.data.length === 2);
  server.send("id: 3\ndata: three\n\n"); // on both streams
  await until(() => leader.data.length === 2);
  assert.equal(server.open.size, 2);
  replay.write(": caught up\n\n");
  await until(() => server.open.size === 1);
  server.send("id: 4\ndata: four\n\n");
  await until(() => leader.data.length === 3 && late.data.includes("four"));
  assert.deepEqual([leader.data, late.data], [["two", "three", "four"], ["one", "two", "three", "four"]]);
});

test("a second tab with a replay drops what both streams deliver, and closes its own", TIMEOUT, async () => {
  const server = await serve(({ response, headers }) => {
    assert.equal(headers["last-event-id"], "0");
    stream(response, "id: 1\ndata: one\n\nid: 2\ndata: two\n\n");
  });
  const leader = tab(server.url, { lastEventId: "0" });
  await until(() => leader.data.length === 2);
  server.send(": caught up\n\n");
  const follower = tab(server.url, { lastEventId: "0" });
  await until(() => follower.data.length === 2);
  assert.equal(server.open.size, 2);
  server.send("id: 3\ndata: three\n\n"); // to both streams
  server.send(": caught up\n\n");
  await until(() => server.open.size === 1);
  server.send("id: 4\ndata: four\n\n");
  await until(() => follower.data.includes("four"));
  for (const { data } of [leader, follower]) {
    assert.deepEqual(data, ["one", "two", "three", "four"]);
  }
});

test("an id that no header can carry is sent in the query", TIMEOUT, async () => {
  const server = await serve(({ response, number }) => {
    stream(response, number === 0 ? "id: schön\ndata: x\n\n" : "");
    if (number === 0) response.end();
  });
  tab(server.url, { share: false });
  await until(() => server.requests.length === 2);
  assert.equal(new URL(server.requests[1].url, "http://x").searchParams.get("last_event_id"), "schön");
  assert.equal(server.requests[1].headers["last-event-id"], undefined);
});

test("204 and 403 are final, and so is a second 401 in a row", TIMEOUT, async () => {
  for (const [status, requests] of [[204, 1], [403, 1], [401, 2]]) {
    const server = await serve(({ response }) => refuse(response, status));
    const { source } = tab(server.url, { share: false, token: () => "t" });
    await until(() => source.readyState === TinySSE.CLOSED);
    assert.equal(server.requests.length, requests, `requests of ${status}`);
  }
});

test("lines end with LF, CR or CR LF, also between two reads", TIMEOUT, async () => {
  const server = await serve(({ response }) => stream(response));
  const one = tab(server.url, { share: false });
  await until(() => one.source.readyState === TinySSE.OPEN);
  for (const piece of ["data: a\r", "\ndata: b\r\r", "data: c", "\n", "\n: comment\nnothing\ndata:d\n\n"]) {
    server.send(piece);
    await new Promise(done => setTimeout(done, 10)); // another read
  }
  await until(() => one.data.length === 3);
  assert.deepEqual(one.data, ["a\nb", "c", "d"]);
});
