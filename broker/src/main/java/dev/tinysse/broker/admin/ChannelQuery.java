package dev.tinysse.broker.admin;

import java.util.Optional;

/**
 * A page of the channels that have a stream or history, by name.
 *
 * @param prefix what their names begin with; may be empty
 * @param after the name of the last one of the page before
 * @param limit how many, 1 to {@value #MAX_LIMIT}
 */
public record ChannelQuery(String prefix, Optional<String> after, int limit) {
    /** The size of a page. */
    public static final int MAX_LIMIT = 1000;

    /** Checks the limit. */
    public ChannelQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to %d: limit=%d".formatted(MAX_LIMIT, limit));
        }
    }

    /** {@return whether a channel is behind the page before, and has the prefix} */
    public boolean matches(String name) {
        return name.startsWith(prefix) && (after.isEmpty() || after.get().compareTo(name) < 0);
    }
}
