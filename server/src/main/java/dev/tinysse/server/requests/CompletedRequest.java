package dev.tinysse.server.requests;

import java.util.Optional;

/**
 * A request with its response.
 *
 * @param head as it came
 * @param status of the response; 0 if the client has gone, and there was none
 * @param nanos from the head to the end of the response, of a stream to the begin; from the first byte on if no handler saw the request
 * @param bytes of the response, its head included, as far as they have been written
 * @param outcome what else became of it; empty if it was refused before a handler saw it: one that is no HTTP, too long, too slow, or for
 * which there is no room
 */
public record CompletedRequest(RequestHead head, int status, long nanos, long bytes,
        Optional<RequestOutcome> outcome) {
    /** {@return whether there was a response} */
    public boolean hasResponse() {
        return status > 0;
    }
}
