package dev.tinysse.broker.delivery;

/**
 * How much memory each fan-out thread may use for frames that are not shared by all streams.
 *
 * @param made bytes that the {@code message} hook has made and that are not written yet
 * @param held bytes that wait for clients that do not take them
 */
public record MemoryLimits(long made, long held) {
    private static final long MIN_MADE = 256 * 1024;
    private static final long MAX_MADE = 16 * 1024 * 1024;

    /** Small parts of the heap, which the fan-out threads share. */
    public static MemoryLimits ofHeap(long heap, int workers) {
        return new MemoryLimits(Math.clamp(heap / 64 / workers, MIN_MADE, MAX_MADE), heap / 8 / workers);
    }
}
