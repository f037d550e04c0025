package dev.tinysse.broker.admin;

import java.util.Optional;

/**
 * The name of a stream for operators, unique over all nodes and restarts; text such as {@code 5f3c0a9d12b4e687-42}. Ordered by the run,
 * then by the number, which is the order in which the streams of a node were opened.
 *
 * @param run random bits of one run of a server
 * @param number of the stream in that run, from 0
 */
public record StreamId(long run, long number) implements Comparable<StreamId> {
    private static final int RUN_DIGITS = 16;
    private static final int MAX_NUMBER_DIGITS = 18;
    private static final int HEX = 16;

    /**
     * Reads an id.
     *
     * @param text as {@link #toString} writes it
     * @return the id, or nothing if the text is none
     */
    public static Optional<StreamId> parse(String text) {
        int dash = RUN_DIGITS;
        int digits = text.length() - dash - 1;
        if (digits < 1 || digits > MAX_NUMBER_DIGITS || text.charAt(dash) != '-'
                || !text.substring(0, dash).chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')
                || !text.substring(dash + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(new StreamId(Long.parseUnsignedLong(text, 0, dash, HEX),
                Long.parseLong(text.substring(dash + 1))));
    }

    @Override
    public int compareTo(StreamId other) {
        return run == other.run ? Long.compare(number, other.number) : Long.compareUnsigned(run, other.run);
    }

    @Override
    public String toString() {
        return "%016x-%d".formatted(run, number);
    }
}
