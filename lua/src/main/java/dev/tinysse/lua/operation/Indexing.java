package dev.tinysse.lua.operation;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Table;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** {@code object[key]}, {@code object[key] = value} and {@code #value}, with metamethods. */
public final class Indexing {

    /** As long as PUC Lua follows {@code __index} and {@code __newindex}. */
    private static final int MAX_CHAIN_LENGTH = 2000;

    private Indexing() {}

    /** {@code object[key]}. */
    public static LuaValue index(LuaRuntime runtime, LuaValue object, LuaValue key) {
        if (object instanceof Table table) {
            LuaValue value = table.rawget(key);
            if (value != LuaValue.NIL || table.metatable() == null) {
                return value;
            }
        }
        return indexByMetatable(runtime, object, key);
    }

    /** {@code object[key]} with a string as the key. */
    public static LuaValue index(LuaRuntime runtime, LuaValue object, LuaString key) {
        if (object instanceof Table table) {
            LuaValue value = table.rawget(key);
            if (value != LuaValue.NIL || table.metatable() == null) {
                return value;
            }
        }
        return indexByMetatable(runtime, object, key);
    }

    /** {@code object[key]} with an integer as the key. */
    public static LuaValue index(LuaRuntime runtime, LuaValue object, long key) {
        if (object instanceof Table table) {
            LuaValue value = table.rawget(key);
            if (value != LuaValue.NIL || table.metatable() == null) {
                return value;
            }
        }
        return indexByMetatable(runtime, object, LuaInteger.of(key));
    }

    private static LuaValue indexByMetatable(LuaRuntime runtime, LuaValue object, LuaValue key) {
        LuaValue current = object;
        for (int i = 0; i < MAX_CHAIN_LENGTH; i++) {
            LuaValue handler;
            if (current instanceof Table table) {
                LuaValue value = table.rawget(key);
                Table metatable = table.metatable();
                if (value != LuaValue.NIL || metatable == null) {
                    return value;
                }
                handler = metatable.rawget(Metatables.INDEX);
                if (handler == LuaValue.NIL) {
                    return LuaValue.NIL;
                }
            } else {
                handler = runtime.metamethod(current, Metatables.INDEX);
                if (handler == LuaValue.NIL) {
                    throw OperandFailures.index(runtime, current, key);
                }
            }
            if (handler instanceof Invocable function) {
                return Metamethods.call(runtime, function, current, key);
            }
            current = handler;
        }
        throw Failures.of("'__index' chain too long; possible loop");
    }

    /** {@code object[key] = value}. */
    public static void setIndex(LuaRuntime runtime, LuaValue object, LuaValue key, LuaValue value) {
        if (object instanceof Table table && table.metatable() == null) {
            rawset(table, key, value);
        } else {
            setByMetatable(runtime, object, key, value);
        }
    }

    /** {@code object[key] = value} with a string as the key. */
    public static void setIndex(LuaRuntime runtime, LuaValue object, LuaString key, LuaValue value) {
        if (object instanceof Table table && table.metatable() == null) {
            table.rawset(key, value);
        } else {
            setByMetatable(runtime, object, key, value);
        }
    }

    /** {@code object[key] = value} with an integer as the key. */
    public static void setIndex(LuaRuntime runtime, LuaValue object, long key, LuaValue value) {
        if (object instanceof Table table && table.metatable() == null) {
            table.rawset(key, value);
        } else {
            setByMetatable(runtime, object, LuaInteger.of(key), value);
        }
    }

    private static void setByMetatable(LuaRuntime runtime, LuaValue object, LuaValue key, LuaValue value) {
        LuaValue current = object;
        for (int i = 0; i < MAX_CHAIN_LENGTH; i++) {
            LuaValue handler;
            if (current instanceof Table table) {
                Table metatable = table.metatable();
                handler = metatable == null || table.rawget(key) != LuaValue.NIL
                        ? LuaValue.NIL
                        : metatable.rawget(Metatables.NEWINDEX);
                if (handler == LuaValue.NIL) {
                    rawset(table, key, value);
                    return;
                }
            } else {
                handler = runtime.metamethod(current, Metatables.NEWINDEX);
                if (handler == LuaValue.NIL) {
                    throw OperandFailures.index(runtime, current, key);
                }
            }
            if (handler instanceof Invocable function) {
                Metamethods.call(runtime, function, current, key, value);
                return;
            }
            current = handler;
        }
        throw Failures.of("'__newindex' chain too long; possible loop");
    }

    /** Sets a field of a table that has no metatable yet. */
    public static void rawset(Table table, LuaValue key, LuaValue value) {
        if (key == LuaValue.NIL) {
            throw Failures.of("table index is nil");
        }
        if (key instanceof LuaFloat f && Double.isNaN(f.value)) {
            throw Failures.of("table index is NaN");
        }
        table.rawset(key, value);
    }

    /** {@code #value}. */
    public static LuaValue length(LuaRuntime runtime, LuaValue value) {
        if (value instanceof Table table && table.metatable() == null) {
            return LuaInteger.of(table.border());
        }
        if (value instanceof LuaString string) {
            return LuaInteger.of(string.m_length);
        }
        LuaValue handler = runtime.metamethod(value, Metatables.LEN);
        if (handler != LuaValue.NIL) {
            return Metamethods.call(runtime, handler, value, value);
        }
        if (value instanceof Table table) {
            return LuaInteger.of(table.border());
        }
        throw OperandFailures.operand(runtime, "get length of", value, 0);
    }
}
