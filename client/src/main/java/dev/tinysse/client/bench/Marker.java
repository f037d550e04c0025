package dev.tinysse.client.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How a message of this run begins, to distinguish it from those of others: a name of the run, and its number in ten digits.
 * Immutable.
 *
 * @param run upper case, so that it does not look like the name of a field
 */
record Marker(String run) {
    static final int DIGITS = 10;
    static final int LENGTH = 8 + DIGITS;

    /** The marker of a run, from a random number. */
    static Marker of(int random) {
        return new Marker("%08X".formatted(random));
    }

    /** The text of a message, filled up to a length. */
    String text(long number, int length) {
        String marker = run + String.format(Locale.ROOT, "%0" + DIGITS + "d", number);
        return marker + "x".repeat(Math.max(0, length - marker.length()));
    }

    /** The beginning of the line of data, without the space that may follow the colon. */
    byte[] pattern() {
        return ("data:" + run).getBytes(StandardCharsets.US_ASCII);
    }
}
