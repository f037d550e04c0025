package dev.tinysse.streams.model;

import dev.tinysse.api.internal.Digits;
import java.util.Optional;

/**
 * A position in a durable stream as clients see it: two groups of 16 digits, {@code LINEAGE_POSITION}, so that offsets of a stream sort
 * as text. Immutable.
 *
 * @param lineage of the appends that end here; 0 at the beginning of a stream
 * @param position bytes of the stream before it
 */
public record Offset(long lineage, long position) {
    /** The beginning of every stream. */
    public static final Offset BEGINNING = new Offset(0, 0);
    private static final int DIGITS = 16;
    private static final int LENGTH = 2 * DIGITS + 1;

    /**
     * Reads an offset.
     *
     * @param text not null
     * @return the offset; empty if the text is none
     */
    public static Optional<Offset> parse(String text) {
        if (text.length() != LENGTH || text.charAt(DIGITS) != '_') {
            return Optional.empty();
        }
        Optional<Long> lineage = Digits.parse(text.substring(0, DIGITS));
        Optional<Long> position = Digits.parse(text.substring(DIGITS + 1));
        return lineage.isPresent() && position.isPresent()
                ? Optional.of(new Offset(lineage.get(), position.get()))
                : Optional.empty();
    }

    /** {@return the text that clients see} */
    @Override
    public String toString() {
        char[] text = new char[LENGTH];
        digits(lineage, text, DIGITS);
        text[DIGITS] = '_';
        digits(position, text, LENGTH);
        return new String(text);
    }

    private static void digits(long number, char[] text, int end) {
        long rest = number;
        for (int i = end - 1; i >= end - DIGITS; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
