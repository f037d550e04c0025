package dev.tinysse.broker.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * An id that the log gives to a message without one, or to a gap. Clients treat it as opaque: {@code EPOCH-POSITION}, and for a gap
 * {@code EPOCH-POSITION-KNOWN}, with eight characters of the epoch and thirteen of each number, and behind the last one four that say
 * for which channels it is, all in lower case. Immutable.
 *
 * @param epoch of the log, eight characters of {@value #DIGITS}
 * @param position behind which to go on
 * @param known the loss watermark up to which drops have been reported; 0 for none
 * @param channels to which that refers, as a number of twenty bits
 */
public record EventId(String epoch, long position, long known, int channels) {
    /** The epoch of a log that has not been reached yet. */
    public static final String NO_EPOCH = "00000000";

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int BITS = 5;
    private static final int EPOCH_LENGTH = 8;
    private static final int NUMBER_LENGTH = 13;
    private static final int CHANNELS_LENGTH = 4;
    private static final int MESSAGE_LENGTH = EPOCH_LENGTH + 1 + NUMBER_LENGTH;
    private static final int GAP_LENGTH = MESSAGE_LENGTH + 1 + NUMBER_LENGTH + CHANNELS_LENGTH;
    private static final int MAX_CHANNELS = (1 << BITS * CHANNELS_LENGTH) - 1;
    /** The value of each digit, by its code; -1 for what is none. */
    private static final byte[] VALUES = values();

    /** Loaded with the first epoch, since it takes a while; it is shared, since each has to be seeded. */
    private static final class Chance {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    /** Checks the epoch and the numbers. */
    public EventId {
        if (epoch.length() != EPOCH_LENGTH || !isDigits(epoch) || position < 0 || known < 0 || channels < 0
                || channels > MAX_CHANNELS) {
            throw new IllegalArgumentException("no id: epoch=%s position=%d known=%d channels=%d".formatted(epoch,
                    position, known, channels));
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
        return new EventId(epoch, position, 0, 0);
    }

    /**
     * The id of a gap.
     *
     * @param epoch of the log
     * @param position behind which to go on
     * @param known the loss watermark up to which drops have been reported
     * @param channels of the stream that received the gap
     * @return the id
     */
    public static EventId ofGap(String epoch, long position, long known, ChannelSet channels) {
        return new EventId(epoch, position, known, number(channels));
    }

    /**
     * The gaps that streams of some channels have received.
     *
     * @param asked the channels
     * @return the loss watermark, or 0 if this is the id of a gap of others; one in a million of these is not told apart
     */
    public long known(ChannelSet asked) {
        return number(asked) == channels ? known : 0;
    }

    private static int number(ChannelSet channels) {
        CRC32C crc = new CRC32C();
        crc.update(channels.toString().getBytes(UTF_8));
        return (int) crc.getValue() & MAX_CHANNELS;
    }

    /** {@return a new epoch, different from all others by chance: one in 2<sup>40</sup>} */
    public static String newEpoch() {
        byte[] epoch = new byte[EPOCH_LENGTH];
        put(Chance.RANDOM.nextLong(), epoch, 0, EPOCH_LENGTH);
        return new String(epoch, US_ASCII);
    }

    /**
     * Reads an id.
     *
     * @param text what a client sent
     * @return the id, or nothing if the text does not have the form of one
     */
    public static Optional<EventId> parse(String text) {
        boolean gap = text.length() == GAP_LENGTH;
        if (text.length() != MESSAGE_LENGTH && !gap || text.charAt(EPOCH_LENGTH) != '-'
                || gap && text.charAt(MESSAGE_LENGTH) != '-') {
            return Optional.empty();
        }
        String epoch = text.substring(0, EPOCH_LENGTH);
        long position = number(text, EPOCH_LENGTH + 1);
        long known = gap ? number(text, MESSAGE_LENGTH + 1) : 0;
        long channels = gap ? number(text, GAP_LENGTH - CHANNELS_LENGTH, CHANNELS_LENGTH) : 0;
        return position < 0 || known < 0 || channels < 0 || !isDigits(epoch)
                ? Optional.empty()
                : Optional.of(new EventId(epoch, position, known, (int) channels));
    }

    @Override
    public String toString() {
        byte[] text = new byte[known > 0 ? GAP_LENGTH : MESSAGE_LENGTH];
        for (int i = 0; i < EPOCH_LENGTH; i++) {
            text[i] = (byte) epoch.charAt(i);
        }
        text[EPOCH_LENGTH] = '-';
        put(position, text, EPOCH_LENGTH + 1, NUMBER_LENGTH);
        if (known > 0) {
            text[MESSAGE_LENGTH] = '-';
            put(known, text, MESSAGE_LENGTH + 1, NUMBER_LENGTH);
            put(channels, text, GAP_LENGTH - CHANNELS_LENGTH, CHANNELS_LENGTH);
        }
        return new String(text, US_ASCII);
    }

    private static void put(long number, byte[] text, int from, int digits) {
        long left = number;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = (byte) DIGITS.charAt((int) left & (1 << BITS) - 1);
            left >>>= BITS;
        }
    }

    /** The number from this index on, or -1 if it is none. */
    private static long number(String text, int from) {
        return text.charAt(from) > '7' ? -1 : number(text, from, NUMBER_LENGTH); // beyond 63 bits
    }

    private static long number(String text, int from, int digits) {
        long number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = value(text.charAt(i));
            if (digit < 0) {
                return -1;
            }
            number = number << BITS | digit;
        }
        return number;
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (value(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int value(char digit) {
        return digit < VALUES.length ? VALUES[digit] : -1;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length(); i++) {
            values[DIGITS.charAt(i)] = (byte) i;
        }
        return values;
    }
}
