package dev.tinysse.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what a {@link ByteSink} has written. For one thread. */
final class ByteSource {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int at;

    ByteSource(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    int at() {
        return at;
    }

    void skip(int count) {
        at += count;
    }

    int getByte() {
        return bytes[at++] & 0xFF;
    }

    long getLong() {
        long value = (long) LONG.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    int getCount() {
        int value = 0;
        for (int shift = 0;; shift += 7) {
            int next = getByte();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    String getText() {
        int length = getCount();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    Optional<String> getText(boolean present) {
        return present ? Optional.of(getText()) : Optional.empty();
    }
}
