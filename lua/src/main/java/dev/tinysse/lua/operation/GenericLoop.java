package dev.tinysse.lua.operation;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.Table;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The generic {@code for} (reference manual §3.3.5). A traversal by {@code next} or {@code ipairs} does not call them
 * but walks the table itself.
 */
public abstract class GenericLoop {

    /** The first values of the current round. */
    public LuaValue first;
    public LuaValue second;

    /** A built-in that loops know how to do by themselves. */
    public interface Iterator {

        /** The loop over {@code state} from {@code control} on; null if it must be done by calls. */
        GenericLoop loop(LuaRuntime runtime, LuaValue state, LuaValue control);
    }

    /** The loop that calls {@code function}. */
    public static GenericLoop of(LuaRuntime runtime, LuaValue function, LuaValue state, LuaValue control) {
        if (function instanceof Iterator iterator) {
            GenericLoop direct = iterator.loop(runtime, state, control);
            if (direct != null) {
                return direct;
            }
        }
        return new ByCalls(Calls.function(runtime, function), state, control);
    }

    /** Goes to the next round; false if there is none. */
    public abstract boolean next();

    /** The value of a variable behind the second, counted from 1. */
    public LuaValue value(int i) {
        return LuaValue.NIL;
    }

    /** Walks all of a table. */
    public static final class Traversal extends GenericLoop {

        private final Table table;
        private int position;

        public Traversal(Table table) {
            this.table = table;
        }

        @Override
        public boolean next() {
            int at = table.nextPosition(position);
            if (at < 0) {
                return false;
            }
            first = table.keyAt(at);
            second = table.valueAt(at);
            position = at + 1;
            return true;
        }
    }

    private static final class ByCalls extends GenericLoop {

        private final Invocable function;
        private final LuaValue state;
        private LuaValue control;
        private Varargs results;

        ByCalls(Invocable function, LuaValue state, LuaValue control) {
            this.function = function;
            this.state = state;
            this.control = control;
        }

        @Override
        public boolean next() {
            results = function.invoke(state, control);
            control = results.arg1();
            first = control;
            second = results.arg(2);
            return control != LuaValue.NIL;
        }

        @Override
        public LuaValue value(int i) {
            return results.arg(i);
        }
    }
}
