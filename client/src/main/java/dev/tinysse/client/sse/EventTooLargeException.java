package dev.tinysse.client.sse;

import java.io.IOException;

/** An event of a stream is larger than allowed. */
public final class EventTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * An event is too large.
     *
     * @param limit in bytes
     */
    public EventTooLargeException(int limit) {
        super("an event has over " + limit + " bytes");
    }
}
