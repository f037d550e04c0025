// An event stream server of a test: `serve` answers each request, and the requests are recorded.

import { createServer } from "node:http";
import { setTimeout as afterMillis } from "node:timers";

export class Streams {
  requests = [];
  open = new Set();

  static async start(serve) {
    const streams = new Streams();
    streams.serve = serve;
    streams.http = createServer((request, response) => {
      const number = streams.requests.push(request) - 1;
      streams.open.add(response);
      response.on("close", () => streams.open.delete(response));
      streams.serve({ number, request, response, headers: request.headers, query: new URL(request.url, "http://x").searchParams });
    });
    await new Promise(done => streams.http.listen(0, "127.0.0.1", done));
    streams.url = `http://127.0.0.1:${streams.http.address().port}/sse`;
    return streams;
  }

  /** Sends text to all open streams. */
  send(text) {
    this.open.forEach(response => response.write(text));
  }

  /** Ends all open streams. */
  cut() {
    this.open.forEach(response => response.destroy());
  }

  close() {
    this.http.close();
    this.http.closeAllConnections();
  }
}

/** Begins a stream with some text. */
export function stream(response, ...texts) {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  response.write(": ok\n\n" + texts.join(""));
}

export function refuse(response, status) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end("{}");
}

/** Waits until a condition holds; the test's own timeout ends a wait that is in vain. */
export async function until(condition) {
  while (!condition()) {
    await new Promise(done => afterMillis(done, 2));
  }
}
