package dev.tinysse.server.requests;

import dev.tinysse.broker.stream.StreamEnding;
import java.util.List;

/**
 * Observes the end of a stream. Safe for any thread.
 *
 * @param head of the request that has become the stream
 * @param listeners that observe streams
 */
public record StreamListener(RequestHead head, List<RequestListener> listeners) {
    /** The stream has ended. */
    public void ended(StreamEnding ending) {
        listeners.forEach(listener -> listener.ended(head, ending));
    }
}
