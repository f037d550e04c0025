package dev.tinysse.lua.lib.string;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.support.Guard;
import dev.tinysse.lua.lib.support.Limits;
import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code string.pack}, {@code packsize} and {@code unpack}. */
final class PackFunctions {
    private static final int STEPS_PER_POLL = 1_000;

    private PackFunctions() {}

    static void addTo(LibraryTable library) {
        library.add("pack", Guard.of(PackFunctions::pack)).add("packsize", PackFunctions::size).add("unpack",
                PackFunctions::unpack);
    }

    private static Varargs pack(Args args) {
        PackFormat format = format(args);
        ByteBuilder out = new ByteBuilder(16, args.runtime()::charge);
        Packer packer = new Packer(args, format, out);
        while (next(args, format, out.length())) {
            out.fill(0, format.padding());
            packer.pack();
        }
        return Strings.copyOf(out.array(), 0, out.length());
    }

    private static Varargs size(Args args) {
        PackFormat format = format(args);
        long total = 0;
        while (next(args, format, total)) {
            if (format.kind() == PackFormat.Kind.PREFIXED_STRING || format.kind() == PackFormat.Kind.ZERO_STRING) {
                throw args.error(1, "variable-length format");
            }
            long added = format.padding() + format.size();
            if (total > Integer.MAX_VALUE - added) {
                throw args.error(1, "format result too large");
            }
            total += added;
        }
        return LuaInteger.of(total);
    }

    private static Varargs unpack(Args args) {
        PackFormat format = format(args);
        LuaString data = args.string(2);
        long position = args.integer(3, 1);
        if (position > data.m_length + 1L) {
            throw args.error(3, "initial position out of string");
        }
        int offset = Positions.start(position, data.m_length) - 1;
        List<LuaValue> results = new ArrayList<>();
        while (next(args, format, offset)) {
            if (format.padding() + format.size() > data.m_length - offset) {
                throw args.error(2, "data string too short");
            }
            if (results.size() == Limits.MAX_RESULTS) {
                throw args.failure("too many results");
            }
            if (results.size() % STEPS_PER_POLL == 0) {
                args.runtime().poll();
            }
            offset = read(args, format, data, offset + format.padding(), results);
        }
        results.add(LuaInteger.of(offset + 1L));
        return Values.of(results.toArray(LuaValue[]::new));
    }

    /** Adds what the current option reads at an offset and returns the offset behind it. */
    private static int read(Args args, PackFormat format, LuaString data, int offset, List<LuaValue> results) {
        int at = data.m_offset + offset;
        int size = (int) format.size();
        switch (format.kind()) {
            case SIGNED, UNSIGNED -> results.add(LuaInteger.of(integer(args, format, data, at)));
            case FLOAT -> results.add(LuaFloat.of(
                    Float.intBitsToFloat((int) PackedInteger.read(data.m_bytes, at, size, format.little(), false))));
            case DOUBLE -> results.add(LuaFloat.of(
                    Double.longBitsToDouble(PackedInteger.read(data.m_bytes, at, size, format.little(), false))));
            case FIXED_STRING -> results.add(part(args, data, offset, size));
            case PREFIXED_STRING -> {
                long length = integer(args, format, data, at);
                if (length < 0 || length > data.m_length - offset - size) {
                    throw args.error(2, "data string too short");
                }
                results.add(part(args, data, offset + size, (int) length));
                return offset + size + (int) length;
            }
            case ZERO_STRING -> {
                int end = offset;
                while (end < data.m_length && data.m_bytes[data.m_offset + end] != 0) {
                    end++;
                }
                if (end == data.m_length) {
                    throw args.error(2, "unfinished string for format 'z'");
                }
                results.add(part(args, data, offset, end - offset));
                return end + 1;
            }
            case PADDING, ALIGNMENT, NOTHING -> {
                // no value
            }
        }
        return offset + size;
    }

    private static long integer(Args args, PackFormat format, LuaString data, int at) {
        boolean signed = format.kind() == PackFormat.Kind.SIGNED;
        int size = (int) format.size();
        if (!PackedInteger.fits(data.m_bytes, at, size, format.little(), signed)) {
            throw args.failure(size + "-byte integer does not fit into Lua Integer");
        }
        return PackedInteger.read(data.m_bytes, at, size, format.little(), signed);
    }

    private static LuaString part(Args args, LuaString data, int offset, int length) {
        args.runtime().charge(length);
        return Strings.copyOf(data.m_bytes, data.m_offset + offset, length);
    }

    private static PackFormat format(Args args) {
        LuaString text = args.string(1);
        return new PackFormat(text.m_bytes, text.m_offset, text.m_offset + text.m_length);
    }

    private static boolean next(Args args, PackFormat format, long offset) {
        try {
            return format.next(offset);
        } catch (PackException e) {
            throw e.isArgument() ? args.error(1, e.getMessage()) : args.failure(e.getMessage());
        }
    }
}
