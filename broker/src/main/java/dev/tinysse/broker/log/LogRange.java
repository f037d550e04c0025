package dev.tinysse.broker.log;

import java.util.Objects;

/**
 * Which records to read.
 *
 * @param channels whose
 * @param after behind this position
 * @param upTo up to this position, which is committed
 * @param maxRecords at most so many, at least 1
 * @param maxBytes about so many bytes at most, but one record in any case
 */
public record LogRange(ChannelSet channels, long after, long upTo, int maxRecords, int maxBytes) {
    /** Checks that there are channels, and room for a record. */
    public LogRange {
        Objects.requireNonNull(channels);
        if (maxRecords < 1) {
            throw new IllegalArgumentException("maxRecords must be at least 1: maxRecords=" + maxRecords);
        }
    }
}
