package dev.tinysse.broker.log;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * An id that the log gives to a message without one, or to a gap. Clients treat it as opaque: {@code EPOCH-POSITION}, and for a gap
 * {@code EPOCH-POSITION-KNOWN}, with eight characters of the epoch and thirteen of each number, in lower case. Immutable.
 *
 * @param epoch of the log, eight characters of {@value #DIGITS}
 * @param position behind which to go on
 * @param known what was dropped before this mark has been told; 0 for nothing
 */
public record EventId(String epoch, long position, long known) {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int BITS = 5;
    private static final int EPOCH_LENGTH = 8;
    private static final int NUMBER_LENGTH = 13;

    /** Checks the epoch and the numbers. */
    public EventId {
        if (epoch.length() != EPOCH_LENGTH || !isDigits(epoch) || position < 0 || known < 0) {
            throw new IllegalArgumentException(
                    "no id: epoch=%s position=%d known=%d".formatted(epoch, position, known));
        }
    }

    /**
     * The id of a message.
     *
     * @param epoch of the log
     * @param position of the message
     * @return the id
     */
    public static EventId of(String epoch, long position) {
        return new EventId(epoch, position, 0);
    }

    /** {@return a new epoch, different from all others by chance: one in 2<sup>40</sup>} */
    public static String newEpoch() {
        StringBuilder epoch = new StringBuilder(EPOCH_LENGTH);
        append(epoch, new SecureRandom().nextLong(), EPOCH_LENGTH);
        return epoch.toString();
    }

    /**
     * Reads an id.
     *
     * @param text what a client sent
     * @return the id, or nothing if the text does not have the form of one
     */
    public static Optional<EventId> parse(String text) {
        int message = EPOCH_LENGTH + 1 + NUMBER_LENGTH;
        int gap = message + 1 + NUMBER_LENGTH;
        if (text.length() != message && text.length() != gap || text.charAt(EPOCH_LENGTH) != '-'
                || text.length() == gap && text.charAt(message) != '-') {
            return Optional.empty();
        }
        String epoch = text.substring(0, EPOCH_LENGTH);
        long position = number(text, EPOCH_LENGTH + 1);
        long known = text.length() == gap ? number(text, message + 1) : 0;
        return position < 0 || known < 0 || !isDigits(epoch)
                ? Optional.empty()
                : Optional.of(new EventId(epoch, position, known));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(EPOCH_LENGTH + 2 * (1 + NUMBER_LENGTH)).append(epoch).append('-');
        append(text, position, NUMBER_LENGTH);
        if (known > 0) {
            append(text.append('-'), known, NUMBER_LENGTH);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long number, int digits) {
        for (int shift = BITS * (digits - 1); shift >= 0; shift -= BITS) {
            text.append(DIGITS.charAt((int) (number >>> shift) & 31));
        }
    }

    /** The number from this index on, or -1 if it is none. */
    private static long number(String text, int from) {
        long number = 0;
        if (text.charAt(from) > '7') {
            return -1; // beyond 63 bits
        }
        for (int i = from; i < from + NUMBER_LENGTH; i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                return -1;
            }
            number = number << BITS | digit;
        }
        return number;
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> DIGITS.indexOf(c) >= 0);
    }
}
