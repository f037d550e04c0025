package dev.tinysse.lua.lib.string;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.lib.text.ByteBuilder;
import org.luaj.vm2.LuaString;

/** Writes the arguments of one call of {@code string.pack}. */
final class Packer {
    private final Args args;
    private final PackFormat format;
    private final ByteBuilder out;
    private int argument = 1;

    Packer(Args args, PackFormat format, ByteBuilder out) {
        this.args = args;
        this.format = format;
        this.out = out;
    }

    /** Writes what the current option of the format asks for. */
    void pack() {
        int size = (int) format.size();
        switch (format.kind()) {
            case SIGNED -> {
                long number = args.integer(++argument);
                long limit = 1L << 8 * size - 1;
                check(size >= Long.BYTES || number >= -limit && number < limit, "integer overflow");
                integer(number, true);
            }
            case UNSIGNED -> {
                long number = args.integer(++argument);
                check(size >= Long.BYTES || number >>> 8 * size == 0, "unsigned overflow");
                integer(number, false);
            }
            case FLOAT -> integer(Float.floatToRawIntBits((float) args.number(++argument)), false);
            case DOUBLE -> integer(Double.doubleToRawLongBits(args.number(++argument)), false);
            case FIXED_STRING -> {
                LuaString s = args.string(++argument);
                check(s.m_length <= size, "string longer than given size");
                append(s);
                out.fill(0, size - s.m_length);
            }
            case PREFIXED_STRING -> {
                LuaString s = args.string(++argument);
                check(size >= Long.BYTES || (long) s.m_length >>> 8 * size == 0,
                        "string length does not fit in given size");
                integer(s.m_length, false);
                append(s);
            }
            case ZERO_STRING -> {
                LuaString s = args.string(++argument);
                check(s.indexOf((byte) 0, 0) < 0, "string contains zeros");
                append(s);
                out.append(0);
            }
            case PADDING -> out.append(0);
            case ALIGNMENT, NOTHING -> {
                // no value
            }
        }
    }

    private void integer(long number, boolean signed) {
        PackedInteger.write(out, number, (int) format.size(), format.little(), signed);
    }

    private void append(LuaString s) {
        out.append(s.m_bytes, s.m_offset, s.m_length);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw args.error(argument, otherwise);
        }
    }
}
