package dev.tinysse.client.bench;

import java.util.function.LongConsumer;

/** Finds the numbers of messages in the bytes of a stream, in pieces of any size. For one thread. */
final class EventScanner {
    private static final int COLON = 5;
    private final byte[] pattern;
    private int matched;
    private int digits;
    private long number;

    EventScanner(byte[] pattern) {
        this.pattern = pattern;
    }

    /** Reads on. */
    void scan(byte[] bytes, int from, int to, LongConsumer found) {
        int state = matched;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (state < pattern.length) {
                if (b == pattern[state]) {
                    state++;
                } else if (state != COLON || b != ' ') {
                    state = b == pattern[0] ? 1 : 0;
                }
            } else if (b >= '0' && b <= '9') {
                number = number * 10 + b - '0';
                if (++digits == Marker.DIGITS) {
                    found.accept(number);
                    state = reset();
                }
            } else {
                state = reset();
            }
        }
        matched = state;
    }

    private int reset() {
        digits = 0;
        number = 0;
        return 0;
    }
}
