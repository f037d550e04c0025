package dev.tinysse.lua.function;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.operation.Coercion;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Userdata;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The arguments of a built-in function, counted from 1, and the checks that the reference manual's {@code luaL_check…}
 * does: numbers are taken for strings and the other way round where Lua does so.
 */
public final class Args {

    private final LuaRuntime runtime;
    private final Invocable function;
    private final Varargs values;

    /** The arguments {@code values} of a call of {@code function} within {@code runtime}. */
    public Args(LuaRuntime runtime, Invocable function, Varargs values) {
        this.runtime = runtime;
        this.function = function;
        this.values = values;
    }

    /** The engine's state, for operations with metamethods, calls and errors. */
    public LuaRuntime runtime() {
        return runtime;
    }

    /** How many there are. */
    public int count() {
        return values.narg();
    }

    /** All of them. */
    public Varargs all() {
        return values;
    }

    /** Those from number {@code i} on. */
    public Varargs from(int i) {
        return i > values.narg() ? LuaValue.NONE : values.subargs(i);
    }

    /** Argument {@code i}, nil if it is missing. */
    public LuaValue value(int i) {
        return values.arg(i);
    }

    /** Whether argument {@code i} is missing or nil. */
    public boolean absent(int i) {
        return values.arg(i).isnil();
    }

    /** Argument {@code i}, which may be nil but must be there. */
    public LuaValue any(int i) {
        if (i > values.narg()) {
            throw error(i, "value expected");
        }
        return values.arg(i);
    }

    /** Whether argument {@code i} counts as true. */
    public boolean truth(int i) {
        return Values.truth(values.arg(i));
    }

    /** Argument {@code i} as an integer; floats and strings of the same value will do. */
    public long integer(int i) {
        LuaValue value = values.arg(i);
        if (value instanceof LuaInteger integer) {
            return integer.value;
        }
        LuaValue number = Coercion.toNumber(value);
        if (number instanceof LuaInteger integer) {
            return integer.value;
        }
        if (number instanceof LuaFloat f) {
            if (f.hasInteger()) {
                return (long) f.value;
            }
            throw error(i, "number has no integer representation");
        }
        throw typeError(i, "number");
    }

    /** The same, {@code missing} if the argument is absent or nil. */
    public long integer(int i, long missing) {
        return absent(i) ? missing : integer(i);
    }

    /** Argument {@code i} as a float; integers and strings will do. */
    public double number(int i) {
        LuaValue number = Coercion.toNumber(values.arg(i));
        if (number == null) {
            throw typeError(i, "number");
        }
        return number.todouble();
    }

    /** The same, {@code missing} if the argument is absent or nil. */
    public double number(int i, double missing) {
        return absent(i) ? missing : number(i);
    }

    /** Argument {@code i} as a number of its own subtype; a string is converted. */
    public LuaValue numeric(int i) {
        LuaValue number = Coercion.toNumber(values.arg(i));
        if (number == null) {
            throw typeError(i, "number");
        }
        return number;
    }

    /** Argument {@code i} as a string; a number is converted. */
    public LuaString string(int i) {
        LuaValue value = values.arg(i);
        if (value instanceof LuaString string) {
            return string;
        }
        if (value.type() == LuaValue.TNUMBER) {
            return value.strvalue();
        }
        throw typeError(i, "string");
    }

    /** The same, {@code missing} (may be null) if the argument is absent or nil. */
    public LuaString string(int i, LuaString missing) {
        return absent(i) ? missing : string(i);
    }

    /** Argument {@code i}, a table. */
    public Table table(int i) {
        if (values.arg(i) instanceof Table table) {
            return table;
        }
        throw typeError(i, "table");
    }

    /** Argument {@code i}, a function. */
    public LuaValue function(int i) {
        LuaValue value = values.arg(i);
        if (value.isfunction()) {
            return value;
        }
        throw typeError(i, "function");
    }

    /** The object of type {@code type} that argument {@code i} holds; {@code name} is what messages call it. */
    public <T> T userdata(int i, Class<T> type, String name) {
        if (values.arg(i) instanceof Userdata<?> userdata && type.isInstance(userdata.content)) {
            return type.cast(userdata.content);
        }
        throw typeError(i, name);
    }

    /** {@code bad argument #i to 'function' (message)}, to be thrown. */
    public LuaException error(int i, String message) {
        return Failures.argument(function.name(), i, message);
    }

    /** {@code bad argument #i to 'function' (expected expected, got …)}, to be thrown. */
    public LuaException typeError(int i, String expected) {
        String actual = i > values.narg() ? "no value" : runtime.typeName(values.arg(i));
        return Failures.argument(function.name(), i, expected + " expected, got " + actual);
    }

    /** An error with this text and the position of the calling Lua function in front, to be thrown. */
    public LuaException failure(String message) {
        return Failures.ofCaller(message);
    }
}
