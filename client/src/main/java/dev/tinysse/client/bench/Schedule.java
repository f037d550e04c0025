package dev.tinysse.client.bench;

/**
 * When each message is to be sent, whatever becomes of those before it (an open loop). Immutable.
 *
 * @param start time of the first message, in nanoseconds of {@link System#nanoTime}
 * @param rate messages a second
 */
record Schedule(long start, double rate) {
    private static final double SECOND = 1e9;

    /** When the message with this number is to be sent; the first has number 0. */
    long due(long number) {
        return start + (long) (number * SECOND / rate);
    }
}
