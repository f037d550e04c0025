package dev.tinysse.lua.lib.string;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.support.Guard;
import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.lib.text.FloatFormat;
import dev.tinysse.lua.lib.text.FormatSpec;
import dev.tinysse.lua.lib.text.IntegerFormat;
import dev.tinysse.lua.lib.text.MalformedException;
import dev.tinysse.lua.operation.Text;
import dev.tinysse.lua.value.Strings;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** One call of {@code string.format}. */
final class StringFormat {
    private static final String FLOAT_FLAGS = "-+#0 ";
    private static final String HEX_FLAGS = "-#0";
    private static final String INTEGER_FLAGS = "-+0 ";
    private static final String UNSIGNED_FLAGS = "-0";
    private static final String TEXT_FLAGS = "-";
    /** Texts from this length on are not filled up, as in the reference implementation. */
    private static final int LONG_TEXT = 100;
    private static final int ROOM = 48;

    private final Args args;
    private final ByteBuilder out;
    private int argument = 1;

    private StringFormat(Args args, int length) {
        this.args = args;
        this.out = new ByteBuilder(length + ROOM, args.runtime()::charge);
    }

    static void addTo(LibraryTable library) {
        library.add("format", Guard.of(args -> {
            LuaString format = args.string(1);
            args.runtime().charge(format.m_length);
            return new StringFormat(args, format.m_length).run(format);
        }));
    }

    private Varargs run(LuaString format) {
        byte[] bytes = format.m_bytes;
        int end = format.m_offset + format.m_length;
        int at = format.m_offset;
        while (at < end) {
            int start = at;
            while (at < end && bytes[at] != '%') {
                at++;
            }
            out.append(bytes, start, at - start);
            if (at < end) {
                at = item(bytes, at, end);
            }
        }
        return Strings.copyOf(out.array(), 0, out.length());
    }

    /** Appends the item whose percent sign is at {@code at} and returns the index behind it. */
    private int item(byte[] bytes, int at, int end) {
        int letter = at + 1 < end ? bytes[at + 1] : 0;
        if (letter == '%') {
            out.append('%');
            return at + 2;
        }
        if (++argument > args.count()) {
            throw args.error(argument, "no value");
        }
        if (letter == 'd') {
            IntegerFormat.decimal(out, args.integer(argument));
            return at + 2;
        }
        if (letter == 's') {
            append(Text.of(args.runtime(), args.value(argument)));
            return at + 2;
        }
        FormatSpec spec = FormatSpec.read(bytes, at, end);
        convert(spec);
        return at + spec.text().length();
    }

    private void convert(FormatSpec spec) {
        switch (spec.conversion()) {
            case 'c' -> {
                spec.check(TEXT_FLAGS, false);
                spec.text(out, new byte[]{(byte) args.integer(argument)}, 0, 1);
            }
            case 'd', 'i' -> integer(spec, INTEGER_FLAGS);
            case 'u' -> integer(spec, UNSIGNED_FLAGS);
            case 'o', 'x', 'X' -> integer(spec, HEX_FLAGS);
            case 'a', 'A' -> {
                spec.check(FLOAT_FLAGS, true);
                FloatFormat.format(out, spec, args.number(argument));
            }
            case 'e', 'E', 'f', 'g', 'G' -> {
                double number = args.number(argument);
                spec.check(FLOAT_FLAGS, true);
                FloatFormat.format(out, spec, number);
            }
            case 'p' -> {
                spec.check(TEXT_FLAGS, false);
                byte[] address = pointer(args.value(argument)).getBytes(StandardCharsets.ISO_8859_1);
                spec.text(out, address, 0, address.length);
            }
            case 'q' -> {
                if (!spec.plain()) {
                    throw new MalformedException("specifier '%q' cannot have modifiers");
                }
                quote(args.value(argument));
            }
            case 's' -> text(spec);
            default -> throw new MalformedException("invalid conversion '" + spec.text() + "' to 'format'");
        }
    }

    private void integer(FormatSpec spec, String flags) {
        long number = args.integer(argument);
        spec.check(flags, true);
        IntegerFormat.format(out, spec, number);
    }

    private void text(FormatSpec spec) {
        LuaString s = Text.of(args.runtime(), args.value(argument));
        if (s.indexOf((byte) 0, 0) >= 0) {
            throw args.error(argument, "string contains zeros");
        }
        spec.check(TEXT_FLAGS, true);
        if (spec.precision() < 0 && s.m_length >= LONG_TEXT) {
            append(s);
        } else {
            spec.text(out, s.m_bytes, s.m_offset, s.m_length);
        }
    }

    private void append(LuaString s) {
        out.append(s.m_bytes, s.m_offset, s.m_length);
    }

    private void quote(LuaValue value) {
        if (!Quoting.append(out, value)) {
            throw args.error(argument, "value has no literal form");
        }
    }

    private String pointer(LuaValue value) {
        return switch (value.type()) {
            case LuaValue.TNIL, LuaValue.TBOOLEAN, LuaValue.TNUMBER -> "(null)";
            default -> args.runtime().addresses().of(value);
        };
    }
}
