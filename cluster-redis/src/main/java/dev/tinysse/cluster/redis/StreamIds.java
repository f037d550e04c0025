package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.Positions;
import java.nio.charset.StandardCharsets;

/** Positions as Redis writes them: milliseconds, a dash, and a counter. */
final class StreamIds {
    private static final int COUNTER_MASK = (1 << 20) - 1;

    private StreamIds() {}

    static String text(long position) {
        return Positions.millis(position) + "-" + (position & COUNTER_MASK);
    }

    static byte[] bytes(long position) {
        return text(position).getBytes(StandardCharsets.ISO_8859_1);
    }

    static long position(Object reply) {
        byte[] text = (byte[]) reply;
        long millis = 0;
        int at = 0;
        while (text[at] != '-') {
            millis = 10 * millis + text[at++] - '0';
        }
        long counter = 0;
        for (at++; at < text.length; at++) {
            counter = 10 * counter + text[at] - '0';
        }
        return Positions.ofMillis(millis) + counter;
    }
}
