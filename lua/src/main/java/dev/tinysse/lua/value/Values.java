package dev.tinysse.lua.value;

import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Lists of values and what holds for all values without metatables.
 *
 * <p>Never make numbers with {@code LuaValue.valueOf}: those are 32 bit integers and untyped floats. Use
 * {@link LuaInteger} and {@link LuaFloat}.
 */
public final class Values {

    private Values() {}

    /** The list of {@code values}, which it takes over. */
    public static Varargs of(LuaValue... values) {
        return switch (values.length) {
            case 0 -> LuaValue.NONE;
            case 1 -> values[0];
            default -> new ValueList(values, 0);
        };
    }

    /** {@code first} followed by {@code rest}. */
    public static Varargs of(LuaValue first, Varargs rest) {
        int count = rest.narg();
        if (count == 0) {
            return first;
        }
        LuaValue[] all = new LuaValue[count + 1];
        all[0] = first;
        copy(rest, all, 1);
        return new ValueList(all, 0);
    }

    /** {@code leading} values followed by {@code rest}. */
    public static Varargs of(LuaValue[] leading, Varargs rest) {
        LuaValue[] all = new LuaValue[leading.length + rest.narg()];
        System.arraycopy(leading, 0, all, 0, leading.length);
        copy(rest, all, leading.length);
        return of(all);
    }

    /** The values of {@code list} from number {@code i} on. */
    public static Varargs from(Varargs list, int i) {
        return i > list.narg() ? LuaValue.NONE : list.subargs(i);
    }

    /** All values of {@code list} in an array of the caller's own. */
    public static LuaValue[] array(Varargs list) {
        LuaValue[] all = new LuaValue[list.narg()];
        copy(list, all, 0);
        return all;
    }

    /** Copies all values of {@code list} into {@code target} from index {@code at} on. */
    public static void copy(Varargs list, LuaValue[] target, int at) {
        if (list instanceof ValueList values) {
            values.copyTo(target, at);
            return;
        }
        for (int i = 0, n = list.narg(); i < n; i++) {
            target[at + i] = list.arg(i + 1);
        }
    }

    /** The first value of {@code list}, nil if it is empty. */
    public static LuaValue first(Varargs list) {
        return list instanceof LuaValue value && value != LuaValue.NONE ? value : list.arg1();
    }

    /** The boolean {@code value} of Lua. */
    public static LuaBoolean of(boolean value) {
        return value ? LuaValue.TRUE : LuaValue.FALSE;
    }

    /** An integer, typed as any value. */
    public static LuaValue box(long value) {
        return LuaInteger.of(value);
    }

    /** A float, typed as any value. */
    public static LuaValue box(double value) {
        return LuaFloat.of(value);
    }

    /** Whether {@code value} counts as true: everything but nil and false. */
    public static boolean truth(LuaValue value) {
        return value != LuaValue.FALSE && value != LuaValue.NIL;
    }

    /** Primitive equality ({@code rawequal}): numbers by value, strings by bytes, all else by identity. */
    public static boolean rawEquals(LuaValue a, LuaValue b) {
        if (a == b) {
            return !(a instanceof LuaFloat f) || !Double.isNaN(f.value);
        }
        if (a instanceof LuaString s) {
            return b instanceof LuaString t && s.raweq(t);
        }
        if (a instanceof LuaInteger i) {
            return b instanceof LuaInteger j
                    ? i.value == j.value
                    : b instanceof LuaFloat g && Numbers.equal(i.value, g.value);
        }
        if (a instanceof LuaFloat f) {
            return b instanceof LuaFloat g
                    ? f.value == g.value
                    : b instanceof LuaInteger j && Numbers.equal(j.value, f.value);
        }
        return false;
    }
}
