package dev.tinysse.broker.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are appended to each other. For one thread. */
public final class ByteSink {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int INITIAL = 64 * 1024;

    private byte[] bytes;
    private int length;

    /** Nothing yet. */
    public ByteSink() {
        this(INITIAL);
    }

    /** Nothing yet, and room for so many bytes. */
    public ByteSink(int room) {
        bytes = new byte[room];
    }

    /** {@return what was appended, at the begin of an array that may be longer} */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Takes back what is behind a length; a large array is given up. */
    public void cut(int shorter) {
        length = shorter;
        if (length == 0 && bytes.length > 64 * INITIAL) {
            bytes = new byte[INITIAL];
        }
    }

    /** Leaves room, with zeros in it. */
    public void skip(int count) {
        ensure(count);
        Arrays.fill(bytes, length, length + count, (byte) 0);
        length += count;
    }

    public void putByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    public void putLong(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** Writes a number of at least 0, seven bits a byte. */
    public void putCount(int value) {
        int rest = value;
        while (rest > 0x7F) {
            putByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        putByte(rest);
    }

    /** Writes a text with its length. */
    public void putText(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        putCount(encoded.length);
        put(encoded, 0, encoded.length);
    }

    public void put(byte[] from, int at, int count) {
        ensure(count);
        System.arraycopy(from, at, bytes, length, count);
        length += count;
    }

    private void ensure(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, count)));
        }
    }
}
