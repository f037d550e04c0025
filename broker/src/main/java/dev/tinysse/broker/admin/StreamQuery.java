package dev.tinysse.broker.admin;

import java.util.Optional;

/**
 * A page of the streams there are, in the order of their ids.
 *
 * @param filter which of them
 * @param after the last one of the page before
 * @param limit how many, 1 to {@value #MAX_LIMIT}
 */
public record StreamQuery(StreamFilter filter, Optional<StreamId> after, int limit) {
    /** The size of a page. */
    public static final int MAX_LIMIT = 1000;

    /** Checks the limit. */
    public StreamQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to %d: limit=%d".formatted(MAX_LIMIT, limit));
        }
    }
}
