package dev.tinysse.lua.lib.base;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.text.NumberScanner;
import dev.tinysse.lua.operation.Coercion;
import dev.tinysse.lua.operation.Concatenation;
import dev.tinysse.lua.operation.Text;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The basic functions that only look at values (reference manual, section 6.1). */
public final class BaseLibrary implements Library {
    private static final LuaString[] TYPES = new LuaString[LuaValue.TTHREAD + 1];
    private static final String[] NAMES = {"nil", "boolean", "userdata", "number", "string", "table", "function",
            "userdata", "thread"};

    static {
        for (int type = 0; type < TYPES.length; type++) {
            TYPES[type] = Strings.of(NAMES[type]);
        }
    }

    @Override
    public void open(LuaRuntime runtime) {
        LibraryTable.into(runtime, runtime.globals()).add("_G", runtime.globals())
                .add("_VERSION", Strings.of("Lua 5.4"))
                .add("assert", BaseLibrary::check).add("getmetatable", BaseLibrary::metatable)
                .add("rawequal", args -> Values.of(Values.rawEquals(args.any(1), args.any(2))))
                .add("rawget", BaseLibrary::rawGet).add("rawlen", BaseLibrary::rawLength)
                .add("rawset", BaseLibrary::rawSet)
                .add("select", new Select(runtime)).add("setmetatable", BaseLibrary::setMetatable)
                .add("tonumber", BaseLibrary::toNumber)
                .add("tostring", args -> Text.of(args.runtime(), args.any(1))).add("type", new Type(runtime));
        Traversal.addTo(runtime);
        runtime.loaded().rawset(Strings.of("_G"), runtime.globals());
    }

    private static Varargs check(Args args) {
        if (args.truth(1)) {
            return args.all();
        }
        args.any(1);
        LuaValue message = args.count() > 1 ? args.value(2) : Strings.of("assertion failed!");
        throw message instanceof LuaString text
                ? Concatenation.errorOfCaller(args.runtime(), text)
                : new LuaException(message);
    }

    private static Varargs metatable(Args args) {
        Table metatable = args.runtime().metatable(args.any(1));
        if (metatable == null) {
            return LuaValue.NIL;
        }
        LuaValue shown = metatable.rawget(Metatables.METATABLE);
        return shown.isnil() ? metatable : shown;
    }

    private static Varargs setMetatable(Args args) {
        Table table = args.table(1);
        LuaValue metatable = args.value(2);
        if (!(metatable instanceof Table) && (!metatable.isnil() || args.count() < 2)) {
            throw args.typeError(2, "nil or table");
        }
        if (!args.runtime().metamethod(table, Metatables.METATABLE).isnil()) {
            throw args.failure("cannot change a protected metatable");
        }
        table.metatable(metatable instanceof Table replacement ? replacement : null);
        return table;
    }

    private static Varargs rawGet(Args args) {
        return args.table(1).rawget(args.any(2));
    }

    private static Varargs rawSet(Args args) {
        Table table = args.table(1);
        LuaValue key = args.any(2);
        try {
            table.rawset(key, args.any(3));
        } catch (IllegalArgumentException e) {
            throw new LuaException("table " + e.getMessage(), e);
        }
        return table;
    }

    private static Varargs rawLength(Args args) {
        return switch (args.value(1)) {
            case Table table -> LuaInteger.of(table.border());
            case LuaString string -> LuaInteger.of(string.m_length);
            default -> throw args.typeError(1, "table or string");
        };
    }

    private static Varargs toNumber(Args args) {
        if (args.absent(2)) {
            LuaValue number = Coercion.toNumber(args.any(1));
            return number == null ? LuaValue.NIL : number;
        }
        long base = args.integer(2);
        if (!(args.value(1) instanceof LuaString text)) {
            throw args.typeError(1, "string");
        }
        if (base < 2 || base > 36) {
            throw args.error(2, "base out of range");
        }
        return inBase(text, (int) base);
    }

    /** An integer in a base from 2 to 36, wrapping around; nil if the text is none. */
    private static LuaValue inBase(LuaString text, int base) {
        byte[] bytes = text.m_bytes;
        int at = text.m_offset;
        int end = at + text.m_length;
        while (at < end && NumberScanner.isSpace(bytes[at])) {
            at++;
        }
        while (at < end && NumberScanner.isSpace(bytes[end - 1])) {
            end--;
        }
        boolean negative = at < end && bytes[at] == '-';
        if (negative || at < end && bytes[at] == '+') {
            at++;
        }
        if (at == end) {
            return LuaValue.NIL;
        }
        long number = 0;
        for (; at < end; at++) {
            int digit = NumberScanner.digitValue(bytes[at]);
            if (digit < 0 || digit >= base) {
                return LuaValue.NIL;
            }
            number = number * base + digit;
        }
        return LuaInteger.of(negative ? -number : number);
    }

    /** {@code type}. */
    private static final class Type extends Builtin {
        private final LuaRuntime runtime;

        Type(LuaRuntime runtime) {
            super("type");
            this.runtime = runtime;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            return call(new Args(runtime, this, arguments).any(1));
        }

        @Override
        public LuaValue call(LuaValue value) {
            return TYPES[value.type()];
        }
    }

    /** {@code select}. */
    private static final class Select extends Builtin {
        private final LuaRuntime runtime;

        Select(LuaRuntime runtime) {
            super("select");
            this.runtime = runtime;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            int count = arguments.narg();
            if (arguments.arg(1) instanceof LuaString s && s.m_length > 0 && s.m_bytes[s.m_offset] == '#') {
                return LuaInteger.of(count - 1L);
            }
            Args args = new Args(runtime, this, arguments);
            long index = args.integer(1);
            if (index < 0) {
                index = count + index;
            } else if (index >= count) {
                return LuaValue.NONE;
            }
            if (index < 1) {
                throw args.error(1, "index out of range");
            }
            return arguments.subargs((int) index + 1);
        }
    }
}
