package dev.tinysse.server.requests;

import java.util.Optional;

/**
 * A request with its response.
 *
 * @param head as it came
 * @param status of the response; 0 if the client has gone, and there was none
 * @param nanos from the head to the end of the response, of a stream to the begin; from the first byte on if it was refused before the routing
 * @param bytes of the response, its head included, as far as they have been written
 * @param outcome its further result; empty if it was refused before it reached the routing: it is no HTTP, too long, too slow, or there is no
 * room for it
 */
public record CompletedRequest(RequestHead head, int status, long nanos, long bytes,
        Optional<RequestOutcome> outcome) {
    /** {@return whether there was a response} */
    public boolean hasResponse() {
        return status > 0;
    }
}
