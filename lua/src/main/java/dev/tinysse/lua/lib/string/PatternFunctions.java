package dev.tinysse.lua.lib.string;

import dev.tinysse.lua.coroutine.Coroutine;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.pattern.Matcher;
import dev.tinysse.lua.lib.pattern.Pattern;
import dev.tinysse.lua.lib.pattern.PatternCache;
import dev.tinysse.lua.lib.support.Guard;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code string.find}, {@code match}, {@code gmatch} and {@code gsub} of one engine. */
final class PatternFunctions {
    private static final boolean[] SPECIAL = new boolean[256];
    /** A pattern in its read form takes several times its text. */
    private static final int COST_PER_BYTE = 16;
    private static final int SMALL = 256;

    static {
        for (char special : "^$*+?.([%-".toCharArray()) {
            SPECIAL[special] = true;
        }
    }

    private final PatternCache cache = new PatternCache();

    private PatternFunctions() {}

    static void addTo(LibraryTable library) {
        PatternFunctions functions = new PatternFunctions();
        library.add("find", Guard.of(functions::find)).add("gmatch", functions::gmatch)
                .add("gsub", Guard.of(functions::gsub)).add("match", Guard.of(functions::match));
    }

    private Varargs find(Args args) {
        LuaString s = args.string(1);
        LuaString p = args.string(2);
        long position = args.integer(3, 1);
        if (position > s.m_length + 1L) {
            return LuaValue.NIL;
        }
        int from = s.m_offset + Positions.start(position, s.m_length) - 1;
        if (args.truth(4) || !hasSpecials(p)) {
            int found = ByteSearch.indexOf(s, from, p, args.runtime()::poll);
            return found < 0 ? LuaValue.NIL : range(found - s.m_offset, found - s.m_offset + p.m_length);
        }
        Captures captures = captures(args.runtime(), s, p, true);
        int start = captures.matcher().find(from, -1);
        if (start < 0) {
            return LuaValue.NIL;
        }
        int count = captures.matcher().captures();
        LuaValue[] results = new LuaValue[2 + count];
        results[0] = LuaInteger.of(start - s.m_offset + 1L);
        results[1] = LuaInteger.of((long) captures.matcher().matchEnd() - s.m_offset);
        for (int i = 0; i < count; i++) {
            results[2 + i] = captures.value(i, start);
        }
        return Values.of(results);
    }

    private static Varargs range(int start, int end) {
        return Values.of(LuaInteger.of(start + 1L), LuaInteger.of(end));
    }

    private Varargs match(Args args) {
        LuaString s = args.string(1);
        LuaString p = args.string(2);
        long position = args.integer(3, 1);
        if (position > s.m_length + 1L) {
            return LuaValue.NIL;
        }
        Captures captures = captures(args.runtime(), s, p, true);
        int start = captures.matcher().find(s.m_offset + Positions.start(position, s.m_length) - 1, -1);
        return start < 0 ? LuaValue.NIL : captures.all(start);
    }

    private Varargs gmatch(Args args) {
        LuaString s = args.string(1);
        LuaString p = args.string(2);
        long position = args.integer(3, 1);
        boolean behind = position > s.m_length + 1L;
        int from = s.m_offset + Positions.start(position, s.m_length) - (behind ? 0 : 1);
        return new Iterator(args.runtime(), captures(args.runtime(), s, p, false), from);
    }

    private Varargs gsub(Args args) {
        LuaString s = args.string(1);
        LuaString p = args.string(2);
        LuaValue replacement = args.value(3);
        int type = replacement.type();
        if (type != LuaValue.TNUMBER && type != LuaValue.TSTRING && type != LuaValue.TFUNCTION
                && type != LuaValue.TTABLE) {
            throw args.typeError(3, "string/function/table");
        }
        long maxMatches = args.integer(4, s.m_length + 1L);
        Captures captures = captures(args.runtime(), s, p, true);
        Substitution substitution = new Substitution(args.runtime(), s, captures, replacement);
        return replacement.isfunction()
                ? Coroutine.withoutYield(args.runtime(), () -> substitution.run(maxMatches))
                : substitution.run(maxMatches);
    }

    private Captures captures(LuaRuntime runtime, LuaString s, LuaString p, boolean mayAnchor) {
        if (p.m_length > SMALL) {
            runtime.charge((long) COST_PER_BYTE * p.m_length);
        }
        Pattern pattern = cache.get(p.m_bytes, p.m_offset, p.m_offset + p.m_length, mayAnchor);
        return new Captures(runtime, s,
                new Matcher(pattern, s.m_bytes, s.m_offset, s.m_offset + s.m_length, runtime::poll),
                pattern.anchored());
    }

    private static boolean hasSpecials(LuaString p) {
        for (int i = 0; i < p.m_length; i++) {
            if (SPECIAL[p.m_bytes[p.m_offset + i] & 0xff]) {
                return true;
            }
        }
        return false;
    }

    /** The result of {@code string.gmatch}: each call gives the captures of the next match. */
    private static final class Iterator extends Builtin {
        private final Builtin.Body body;
        private final LuaRuntime runtime;
        private final Captures captures;
        private int from;
        private int lastEnd = -1;

        Iterator(LuaRuntime runtime, Captures captures, int from) {
            super("for iterator");
            this.runtime = runtime;
            this.captures = captures;
            this.from = from;
            this.body = Guard.of(args -> next());
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            return body.call(new Args(runtime, this, arguments));
        }

        @Override
        public Varargs invoke(LuaValue state, LuaValue control) {
            return invoke(LuaValue.NONE);
        }

        private Varargs next() {
            int start = captures.matcher().find(from, lastEnd);
            if (start < 0) {
                from = captures.end() + 1;
                return LuaValue.NONE;
            }
            lastEnd = captures.matcher().matchEnd();
            from = lastEnd;
            return captures.all(start);
        }
    }
}
