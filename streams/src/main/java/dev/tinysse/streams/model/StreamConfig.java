package dev.tinysse.streams.model;

import java.util.List;

/**
 * What is decided about a stream at its creation.
 *
 * @param type of its bytes
 * @param expiry when it is deleted by itself
 * @param ownExpiry whether the request that created it stated that, not its source or the server's default
 * @param eventHeaders further headers of its event streams
 */
public record StreamConfig(ContentType type, Expiry expiry, boolean ownExpiry, List<EventHeader> eventHeaders) {
    /**
     * A header of event streams.
     *
     * @param name a token
     * @param value printable ASCII
     */
    public record EventHeader(String name, String value) {}
}
