package dev.tinysse.lua.lib.base;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.operation.GenericLoop;
import dev.tinysse.lua.operation.Indexing;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code next}, {@code pairs} and {@code ipairs}. */
final class Traversal {
    private static final LuaString PAIRS = Strings.of("__pairs");

    private Traversal() {}

    static void addTo(LuaRuntime runtime) {
        Next next = new Next(runtime);
        Builtin step = new IndexStep(runtime);
        LibraryTable.into(runtime, runtime.globals()).add("next", next).add("pairs", args -> pairs(args, next))
                .add("ipairs", args -> Values.of(step, args.any(1), LuaInteger.ZERO));
    }

    private static Varargs pairs(Args args, Next next) {
        LuaValue value = args.any(1);
        LuaValue method = args.runtime().metamethod(value, PAIRS);
        if (method.isnil()) {
            return Values.of(next, value, LuaValue.NIL);
        }
        Varargs results = Calls.invoke(args.runtime(), method, value);
        return Values.of(results.arg(1), results.arg(2), results.arg(3));
    }

    /** {@code next}. */
    private static final class Next extends Builtin implements GenericLoop.Iterator {
        private final LuaRuntime runtime;

        Next(LuaRuntime runtime) {
            super("next");
            this.runtime = runtime;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            return next(new Args(runtime, this, arguments).table(1), arguments.arg(2));
        }

        @Override
        public Varargs invoke(LuaValue table, LuaValue key) {
            return table instanceof Table known ? next(known, key) : super.invoke(table, key);
        }

        @Override
        public GenericLoop loop(LuaRuntime caller, LuaValue state, LuaValue control) {
            return state instanceof Table table && control.isnil() ? new GenericLoop.Traversal(table) : null;
        }

        private Varargs next(Table table, LuaValue key) {
            int after = table.positionAfter(key);
            if (after < 0) {
                throw new LuaException("invalid key to 'next'", null);
            }
            int position = table.nextPosition(after);
            return position < 0 ? LuaValue.NIL : Values.of(table.keyAt(position), table.valueAt(position));
        }
    }

    /** The iterator of {@code ipairs}. */
    private static final class IndexStep extends Builtin implements GenericLoop.Iterator {
        private final LuaRuntime runtime;

        IndexStep(LuaRuntime runtime) {
            super("for iterator");
            this.runtime = runtime;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            return step(arguments.arg(1), new Args(runtime, this, arguments).integer(2));
        }

        @Override
        public Varargs invoke(LuaValue list, LuaValue control) {
            return control instanceof LuaInteger integer ? step(list, integer.value) : super.invoke(list, control);
        }

        @Override
        public GenericLoop loop(LuaRuntime caller, LuaValue state, LuaValue control) {
            return control instanceof LuaInteger integer && state instanceof Table
                    ? new IndexLoop(runtime, state, integer.value)
                    : null;
        }

        private Varargs step(LuaValue list, long last) {
            LuaInteger index = LuaInteger.of(last + 1);
            LuaValue value = element(runtime, list, index);
            return value.isnil() ? LuaValue.NIL : Values.of(index, value);
        }
    }

    /** A loop by {@code ipairs} that needs no calls. */
    private static final class IndexLoop extends GenericLoop {
        private final LuaRuntime runtime;
        private final LuaValue list;
        private long last;

        IndexLoop(LuaRuntime runtime, LuaValue list, long last) {
            this.runtime = runtime;
            this.list = list;
            this.last = last;
        }

        @Override
        public boolean next() {
            LuaInteger index = LuaInteger.of(++last);
            first = index;
            second = element(runtime, list, index);
            return !second.isnil();
        }
    }

    private static LuaValue element(LuaRuntime runtime, LuaValue list, LuaInteger index) {
        return list instanceof Table table && table.metatable() == null
                ? table.rawget(index.value)
                : Indexing.index(runtime, list, index);
    }
}
