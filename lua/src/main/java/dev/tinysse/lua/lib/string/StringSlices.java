package dev.tinysse.lua.lib.string;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.lib.support.Limits;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code string.sub} and {@code string.byte}, classes of their own because scripts call them for every character. */
final class StringSlices {

    private StringSlices() {}

    /** {@code string.sub}. */
    static final class Substring extends Builtin {
        private final LuaRuntime runtime;

        Substring(LuaRuntime runtime) {
            super("string.sub");
            this.runtime = runtime;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            Args args = new Args(runtime, this, arguments);
            return substring(args.string(1), args.integer(2), args.integer(3, -1));
        }

        @Override
        public LuaValue call(LuaValue s, LuaValue start, LuaValue end) {
            if (s instanceof LuaString string && start instanceof LuaInteger from && end instanceof LuaInteger to) {
                return substring(string, from.value, to.value);
            }
            return super.call(s, start, end);
        }

        private LuaString substring(LuaString s, long from, long to) {
            int start = Positions.start(from, s.m_length);
            int end = Positions.end(to, s.m_length);
            if (start > end) {
                return Strings.EMPTY;
            }
            int length = end - start + 1;
            if (length == s.m_length) {
                return s;
            }
            runtime.charge(length);
            return Strings.copyOf(s.m_bytes, s.m_offset + start - 1, length);
        }
    }

    /** {@code string.byte}. */
    static final class Bytes extends Builtin {
        private final LuaRuntime runtime;

        Bytes(LuaRuntime runtime) {
            super("string.byte");
            this.runtime = runtime;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            Args args = new Args(runtime, this, arguments);
            LuaString s = args.string(1);
            long position = args.integer(2, 1);
            int start = Positions.start(position, s.m_length);
            int end = Positions.end(args.integer(3, position), s.m_length);
            if (start > end) {
                return LuaValue.NONE;
            }
            if (end - start >= Limits.MAX_RESULTS) {
                throw args.failure("string slice too long");
            }
            LuaValue[] codes = new LuaValue[end - start + 1];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = code(s, start + i);
            }
            return Values.of(codes);
        }

        @Override
        public LuaValue call(LuaValue s) {
            return s instanceof LuaString string && string.m_length > 0 ? code(string, 1) : super.call(s);
        }

        @Override
        public LuaValue call(LuaValue s, LuaValue position) {
            if (s instanceof LuaString string && position instanceof LuaInteger at && at.value >= 1
                    && at.value <= string.m_length) {
                return code(string, (int) at.value);
            }
            return super.call(s, position);
        }

        private static LuaInteger code(LuaString s, int position) {
            return LuaInteger.of(s.m_bytes[s.m_offset + position - 1] & 0xff);
        }
    }
}
