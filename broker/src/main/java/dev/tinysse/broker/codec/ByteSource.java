package dev.tinysse.broker.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads what a {@link ByteSink} has written. For one thread. */
public final class ByteSource {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int at;

    public ByteSource(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    public int at() {
        return at;
    }

    public int getByte() {
        return bytes[at++] & 0xFF;
    }

    public long getLong() {
        long value = (long) LONG.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    public int getCount() {
        int value = 0;
        for (int shift = 0;; shift += 7) {
            int next = getByte();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    /** Reads so many bytes. */
    public byte[] getBytes(int count) {
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    public String getText() {
        int length = getCount();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    public Optional<String> getText(boolean present) {
        return present ? Optional.of(getText()) : Optional.empty();
    }
}
