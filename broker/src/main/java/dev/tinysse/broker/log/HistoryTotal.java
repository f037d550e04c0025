package dev.tinysse.broker.log;

/**
 * The stored messages of all channels together.
 *
 * @param channels how many have something
 * @param messages how many
 * @param bytes that they take of the heap, of the disk, or of a backend
 */
public record HistoryTotal(long channels, long messages, long bytes) {
    /** An empty log. */
    public static final HistoryTotal NOTHING = new HistoryTotal(0, 0, 0);
}
