package dev.tinysse.lua.lib.utf8;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.support.Guard;
import dev.tinysse.lua.lib.support.Limits;
import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.lib.text.Utf8;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code utf8} (reference manual, section 6.5). */
public final class Utf8Library implements Library {
    private static final String INVALID = "invalid UTF-8 code";
    private static final byte[] CHARACTER = {'[', 0, '-', 0x7F, (byte) 0xC2, '-', (byte) 0xFD, ']', '[', (byte) 0x80,
            '-',
            (byte) 0xBF, ']', '*'};

    @Override
    public void open(LuaRuntime runtime) {
        Builtin strict = Builtin.of(runtime, "utf8.codes", args -> next(args, true));
        Builtin lax = Builtin.of(runtime, "utf8.codes", args -> next(args, false));
        LibraryTable.named(runtime, "utf8").add("char", Guard.of(Utf8Library::characters))
                .add("charpattern", Strings.of(CHARACTER.clone())).add("codepoint", Utf8Library::codes)
                .add("codes", args -> iterate(args, strict, lax)).add("len", Utf8Library::length)
                .add("offset", Utf8Library::offset).install("utf8");
    }

    private static Varargs characters(Args args) {
        ByteBuilder out = new ByteBuilder(4 * args.count(), args.runtime()::charge);
        for (int i = 1; i <= args.count(); i++) {
            long code = args.integer(i);
            if (code < 0 || code > Utf8.MAX_CODE_POINT) {
                throw args.error(i, "value out of range");
            }
            Utf8.encode(out, (int) code);
        }
        return Strings.of(out.toBytes());
    }

    private static Varargs codes(Args args) {
        LuaString s = args.string(1);
        long start = relative(args.integer(2, 1), s.m_length);
        long end = relative(args.integer(3, start), s.m_length);
        if (start < 1) {
            throw args.error(2, "out of bounds");
        }
        if (end > s.m_length) {
            throw args.error(3, "out of bounds");
        }
        List<LuaValue> codes = new ArrayList<>();
        int stop = s.m_offset + s.m_length;
        for (long at = s.m_offset + start - 1; at < s.m_offset + end;) {
            long decoded = Utf8.decode(s.m_bytes, (int) at, stop, !args.truth(4));
            if (decoded < 0) {
                throw args.failure(INVALID);
            }
            if (codes.size() == Limits.MAX_RESULTS) {
                throw args.failure("string slice too long");
            }
            codes.add(LuaInteger.of(Utf8.code(decoded)));
            at = Utf8.next(decoded);
        }
        return Values.of(codes.toArray(LuaValue[]::new));
    }

    private static Varargs length(Args args) {
        LuaString s = args.string(1);
        long start = relative(args.integer(2, 1), s.m_length);
        long end = relative(args.integer(3, -1), s.m_length);
        if (start < 1 || start > s.m_length + 1L) {
            throw args.error(2, "initial position out of bounds");
        }
        if (end > s.m_length) {
            throw args.error(3, "final position out of bounds");
        }
        long count = 0;
        for (long at = s.m_offset + start - 1; at < s.m_offset + end;) {
            long decoded = Utf8.decode(s.m_bytes, (int) at, s.m_offset + s.m_length, !args.truth(4));
            if (decoded < 0) {
                return Values.of(LuaValue.NIL, LuaInteger.of(at - s.m_offset + 1));
            }
            count++;
            at = Utf8.next(decoded);
        }
        return LuaInteger.of(count);
    }

    private static Varargs offset(Args args) {
        LuaString s = args.string(1);
        long n = args.integer(2);
        long position = relative(args.integer(3, n >= 0 ? 1 : s.m_length + 1L), s.m_length);
        if (position < 1 || position > s.m_length + 1L) {
            throw args.error(3, "position out of bounds");
        }
        int at = (int) position - 1;
        if (n == 0) {
            while (at > 0 && continues(s, at)) {
                at--;
            }
            return LuaInteger.of(at + 1L);
        }
        if (continues(s, at)) {
            throw args.failure("initial position is a continuation byte");
        }
        for (; n < 0 && at > 0; n++) {
            do {
                at--;
            } while (at > 0 && continues(s, at));
        }
        for (n -= n > 0 ? 1 : 0; n > 0 && at < s.m_length; n--) {
            do {
                at++;
            } while (continues(s, at));
        }
        return n == 0 ? LuaInteger.of(at + 1L) : LuaValue.NIL;
    }

    private static Varargs iterate(Args args, Builtin strict, Builtin lax) {
        LuaString s = args.string(1);
        if (continues(s, 0)) {
            throw args.error(1, INVALID);
        }
        return Values.of(args.truth(2) ? lax : strict, s, LuaInteger.ZERO);
    }

    private static Varargs next(Args args, boolean strict) {
        LuaString s = args.string(1);
        long from = args.value(2) instanceof LuaInteger integer ? integer.value : 0;
        if (from < 0 || from >= s.m_length) {
            return LuaValue.NONE;
        }
        int at = (int) from;
        while (continues(s, at)) {
            at++;
        }
        if (at == s.m_length) {
            return LuaValue.NONE;
        }
        long decoded = Utf8.decode(s.m_bytes, s.m_offset + at, s.m_offset + s.m_length, strict);
        if (decoded < 0 || continues(s, Utf8.next(decoded) - s.m_offset)) {
            throw args.failure(INVALID);
        }
        return Values.of(LuaInteger.of(at + 1L), LuaInteger.of(Utf8.code(decoded)));
    }

    /** Whether there is a byte at this index which is not the first of its sequence. */
    private static boolean continues(LuaString s, int index) {
        return index < s.m_length && Utf8.isContinuation(s.m_bytes[s.m_offset + index]);
    }

    private static long relative(long position, int length) {
        if (position >= 0) {
            return position;
        }
        return position < -length ? 0 : length + position + 1;
    }
}
