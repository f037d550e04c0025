/** Options of a stream. */
export interface TinySSEOptions {
  /** Channels and patterns to subscribe to; they are added to the URL's path. */
  channels?: string | readonly string[];
  /** Gives the token for `Authorization: Bearer`. Called before each request, when a shared stream reconnects, and again after a 401. */
  token?: string | (() => string | null | undefined | Promise<string | null | undefined>);
  /** Further headers of the request. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /** Milliseconds without a byte after which a stream is given up and asked for again; 0 for never. 150000 without it. */
  silence?: number;
  /**
   * Whether tabs with the same URL, headers and subject share one stream. Default: true where the browser supports it, but false with
   * `withCredentials` and neither a token nor `subject`.
   */
  share?: boolean;
  /** Name of the user; default: issuer and subject of a JWT, otherwise the token. Required if the token is in a cookie. */
  subject?: string;
  /** Id of the event behind which to begin. */
  lastEventId?: string;
  /** Whether to send cookies to another origin. */
  withCredentials?: boolean;
}

/** What the server does not have any more. */
export interface Gap {
  /** The last id that was seen. */
  after?: string;
  reason: "expired" | "unknown" | "epoch";
  channels?: string[];
}

/** The event `gap`: messages were lost and are not stored any more. */
export interface GapEvent extends MessageEvent<string> {
  readonly detail?: Gap;
}

/** The client's own events and `message`; published ones named `open`, `error` or `gap` are dispatched as `event:open` and so on. */
export interface TinySSEEventMap {
  open: Event;
  error: Event;
  message: MessageEvent<string>;
  gap: GapEvent;
}

/** An event stream that reconnects by itself and resumes after the last event. */
export declare class TinySSE extends EventTarget {
  static readonly CONNECTING: 0;
  static readonly OPEN: 1;
  static readonly CLOSED: 2;
  constructor(url: string | URL, options?: TinySSEOptions);
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;
  readonly url: string;
  readonly withCredentials: boolean;
  readonly readyState: 0 | 1 | 2;
  onopen: ((this: TinySSE, event: Event) => unknown) | null;
  onerror: ((this: TinySSE, event: Event) => unknown) | null;
  onmessage: ((this: TinySSE, event: MessageEvent<string>) => unknown) | null;
  ongap: ((this: TinySSE, event: GapEvent) => unknown) | null;
  /** Ends the stream for this tab; the other tabs keep theirs. */
  close(): void;
  addEventListener<K extends keyof TinySSEEventMap>(
    type: K,
    listener: (this: TinySSE, event: TinySSEEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: (this: TinySSE, event: MessageEvent<string>) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | ((event: never) => unknown) | null): void;
}

declare global {
  var TinySSE: typeof import("./tinysse.js").TinySSE;
}

export default TinySSE;
