package dev.tinysse.lua.lib.string;

import java.nio.ByteOrder;

/** Reads a format of {@code string.pack} option by option (reference manual, section 6.4.2). For one thread at a time. */
final class PackFormat {
    private static final int MAX_INTEGER_SIZE = 16;
    private static final int NATIVE_ALIGNMENT = 8;

    /** The kind of an option. */
    enum Kind {
        SIGNED, UNSIGNED, FLOAT, DOUBLE, FIXED_STRING, PREFIXED_STRING, ZERO_STRING, PADDING, ALIGNMENT, NOTHING
    }

    private final byte[] text;
    private final int end;
    private int at;
    private boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private int largestAlignment = 1;
    private Kind kind = Kind.NOTHING;
    private long size;
    private int padding;

    PackFormat(byte[] text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = end;
    }

    /** Whether numbers are written with their low byte first. */
    boolean little() {
        return little;
    }

    Kind kind() {
        return kind;
    }

    /** How many bytes the option takes, apart from what a string adds. */
    long size() {
        return size;
    }

    /** How many bytes must go before it to align it. */
    int padding() {
        return padding;
    }

    /**
     * Goes to the next option, which starts at an offset; false at the end.
     *
     * @throws PackException if the format is malformed
     */
    boolean next(long offset) {
        if (at >= end) {
            return false;
        }
        kind = readOption();
        long alignment = size;
        if (kind == Kind.ALIGNMENT) {
            if (at >= end || readOption() == Kind.FIXED_STRING || size == 0) {
                throw PackException.argument("invalid next option for option 'X'");
            }
            alignment = size;
            size = 0;
        }
        padding = alignment <= 1 || kind == Kind.FIXED_STRING ? 0 : padding(offset, alignment);
        return true;
    }

    private int padding(long offset, long alignment) {
        int unit = (int) Math.min(alignment, largestAlignment);
        if ((unit & unit - 1) != 0) {
            throw PackException.argument("format asks for alignment not power of 2");
        }
        return (int) -offset & unit - 1;
    }

    private Kind readOption() {
        char option = (char) (text[at++] & 0xff);
        size = 0;
        return switch (option) {
            case 'b' -> sized(1, Kind.SIGNED);
            case 'B' -> sized(1, Kind.UNSIGNED);
            case 'h' -> sized(2, Kind.SIGNED);
            case 'H' -> sized(2, Kind.UNSIGNED);
            case 'i' -> sized(integerSize(4), Kind.SIGNED);
            case 'I' -> sized(integerSize(4), Kind.UNSIGNED);
            case 'l', 'j' -> sized(8, Kind.SIGNED);
            case 'L', 'J', 'T' -> sized(8, Kind.UNSIGNED);
            case 'f' -> sized(4, Kind.FLOAT);
            case 'd', 'n' -> sized(8, Kind.DOUBLE);
            case 's' -> sized(integerSize(8), Kind.PREFIXED_STRING);
            case 'c' -> sized(fixedSize(), Kind.FIXED_STRING);
            case 'z' -> Kind.ZERO_STRING;
            case 'x' -> sized(1, Kind.PADDING);
            case 'X' -> Kind.ALIGNMENT;
            default -> configure(option);
        };
    }

    private Kind configure(char option) {
        switch (option) {
            case ' ' -> {
                // allowed between options
            }
            case '<' -> little = true;
            case '>' -> little = false;
            case '=' -> little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
            case '!' -> largestAlignment = integerSize(NATIVE_ALIGNMENT);
            default -> throw new PackException("invalid format option '" + option + "'");
        }
        return Kind.NOTHING;
    }

    private Kind sized(long bytes, Kind result) {
        size = bytes;
        return result;
    }

    private int fixedSize() {
        int bytes = number(-1);
        if (bytes < 0) {
            throw new PackException("missing size for format option 'c'");
        }
        return bytes;
    }

    private int integerSize(int otherwise) {
        int bytes = number(otherwise);
        if (bytes < 1 || bytes > MAX_INTEGER_SIZE) {
            throw new PackException("integral size (%d) out of limits [1,%d]".formatted(bytes, MAX_INTEGER_SIZE));
        }
        return bytes;
    }

    /** The number at this place; stops before it would overflow, so that the rest is taken for an option. */
    private int number(int otherwise) {
        if (at >= end || !isDigit(text[at])) {
            return otherwise;
        }
        int value = 0;
        do {
            value = 10 * value + text[at++] - '0';
        } while (at < end && isDigit(text[at]) && value <= (Integer.MAX_VALUE - 9) / 10);
        return value;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
