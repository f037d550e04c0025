package dev.tinysse.client.sub;

import dev.tinysse.cli.FailedException;
import dev.tinysse.client.sse.Event;
import java.io.IOException;
import java.util.List;

/** Where events are handed on to. */
interface Sink {
    /** Whether an event is handed on at all. */
    boolean takes(Event event);

    /** How many events it takes at once. */
    int batch();

    /**
     * Hands on.
     *
     * @throws IOException if nobody reads any more
     * @throws FailedException if it cannot be done
     */
    void handOn(List<Event> events) throws IOException, FailedException;

    /** Whether all that was handed on could be used. */
    default boolean isWell() {
        return true;
    }

    /** The data that these events write to standard output; nothing if they do not. */
    default byte[] bytes(List<Event> events) {
        return new byte[0];
    }
}
