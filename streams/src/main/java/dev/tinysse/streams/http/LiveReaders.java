package dev.tinysse.streams.http;

import io.helidon.webserver.http.ServerResponse;

/** Sends events to live readers. Any thread may call it. */
interface LiveReaders {
    /**
     * Sends the response to a request for an event stream, to its end.
     *
     * @param read what is requested
     */
    void serve(LiveRead read, ServerResponse response);
}
