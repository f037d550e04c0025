package dev.tinysse.lua.lib.text;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** A growing string of bytes that accounts for the memory it takes. For one thread at a time. */
public final class ByteBuilder {
    private static final LongConsumer UNCOUNTED = bytes -> {};
    /** Arrays of the JVM end a little below 2^31. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private final LongConsumer allowance;
    private byte[] bytes;
    private int length;

    /** A builder for short texts that nobody counts. */
    public ByteBuilder() {
        this(32, UNCOUNTED);
    }

    /**
     * @param capacity  how much to make room for at first
     * @param allowance told how large each further array is, in bytes; it throws to refuse one
     */
    public ByteBuilder(int capacity, LongConsumer allowance) {
        this.allowance = allowance;
        this.bytes = new byte[capacity];
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    /** The array behind it, valid up to {@link #length} and until the next change. */
    public byte[] array() {
        return bytes;
    }

    /** Appends the low eight bits. */
    public ByteBuilder append(int b) {
        if (length == bytes.length) {
            grow(1);
        }
        bytes[length++] = (byte) b;
        return this;
    }

    /** Appends ASCII or Latin-1 text. */
    @SuppressWarnings("deprecation") // exactly what is wanted here: the low byte of each character
    public ByteBuilder append(String text) {
        int added = text.length();
        reserve(added);
        text.getBytes(0, added, bytes, length);
        length += added;
        return this;
    }

    public ByteBuilder append(byte[] source) {
        return append(source, 0, source.length);
    }

    public ByteBuilder append(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** Appends one byte {@code count} times; nothing if that is negative. */
    public ByteBuilder fill(int b, int count) {
        if (count > 0) {
            reserve(count);
            Arrays.fill(bytes, length, length + count, (byte) b);
            length += count;
        }
        return this;
    }

    /** Forgets everything behind the first bytes. */
    public void truncate(int newLength) {
        length = newLength;
    }

    /** A copy of what was appended. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int count) {
        if (count > bytes.length - length) {
            grow(count);
        }
    }

    private void grow(int count) {
        long needed = (long) length + count;
        if (needed > MAX_LENGTH) {
            throw new MalformedException("resulting string too large");
        }
        int capacity = (int) Math.min(MAX_LENGTH, Math.max(needed, 2L * bytes.length));
        allowance.accept(capacity);
        bytes = Arrays.copyOf(bytes, capacity);
    }
}
