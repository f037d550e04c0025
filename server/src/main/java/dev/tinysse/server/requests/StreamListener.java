package dev.tinysse.server.requests;

import dev.tinysse.broker.stream.StreamEnding;
import java.util.List;

/**
 * Tells of the end of a stream. Any thread.
 *
 * @param head of the request that has become the stream
 * @param listeners that want to know
 */
public record StreamListener(RequestHead head, List<RequestListener> listeners) {
    /** The stream has ended. */
    public void ended(StreamEnding ending) {
        listeners.forEach(listener -> listener.ended(head, ending));
    }
}
