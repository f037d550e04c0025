package dev.tinysse.luahooks.packages.support;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import java.util.function.Function;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The arguments of a function of a package, counted from 1 without the object itself. A missing one is nil. What
 * converts throws an error that names the function and the argument.
 */
public final class Arguments {

    private final LuaRuntime runtime;
    private final String function;
    private final Varargs values;
    private final int leading;

    /**
     * @param function what messages call the function, such as {@code Json.decode}
     * @param values   what it was called with
     * @param leading  how many of them come before the first argument: 1 if the object itself does
     */
    public Arguments(LuaRuntime runtime, String function, Varargs values, int leading) {
        this.runtime = runtime;
        this.function = function;
        this.values = values;
        this.leading = leading;
    }

    /** The engine's state. */
    public LuaRuntime runtime() {
        return runtime;
    }

    /** Argument {@code i}. */
    public LuaValue value(int i) {
        return values.arg(i + leading);
    }

    /** The arguments from number {@code i} on. */
    public Varargs from(int i) {
        return Values.from(values, i + leading);
    }

    /** Whether argument {@code i} is nil or missing. */
    public boolean absent(int i) {
        return value(i).isnil();
    }

    /** Whether argument {@code i} counts as true. */
    public boolean truth(int i) {
        return Values.truth(value(i));
    }

    /** Argument {@code i}, a string or number, as bytes. */
    public LuaString bytes(int i) {
        return convert(i, Conversion::bytes);
    }

    /** Argument {@code i}, a string or number, as bytes that are UTF-8. */
    public LuaString utf8(int i) {
        return convert(i, Conversion::utf8);
    }

    /** Argument {@code i}, a string or number, as text; it must be UTF-8. */
    public String text(int i) {
        return convert(i, Conversion::text);
    }

    /** Argument {@code i}, a table. */
    public Table table(int i) {
        return convert(i, Conversion::table);
    }

    /** Argument {@code i}, a function. */
    public LuaValue function(int i) {
        return convert(i, Conversion::function);
    }

    /** Argument {@code i}, a number or the text of one. */
    public double number(int i) {
        return convert(i, Conversion::number);
    }

    /**
     * Argument {@code i} in the form that {@code conversion} gives it.
     *
     * @param conversion a function of {@link Conversion}, or one that uses them
     */
    public <R> R convert(int i, Function<LuaValue, R> conversion) {
        try {
            return conversion.apply(value(i));
        } catch (ConversionException e) {
            throw failure("bad argument #" + (i + leading) + " to `" + function + "`: " + e.getMessage());
        }
    }

    /** An error whose value is {@code message} and nothing else, to be thrown. */
    public LuaException failure(String message) {
        return new LuaException(message, null);
    }
}
