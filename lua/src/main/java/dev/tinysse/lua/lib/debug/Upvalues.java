package dev.tinysse.lua.lib.debug;

import dev.tinysse.lua.function.Cell;
import dev.tinysse.lua.function.Closure;
import dev.tinysse.lua.value.Userdata;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.WeakHashMap;
import org.luaj.vm2.LuaValue;

/**
 * The variables of outer functions that a function of Lua uses. A variable that nobody changes is copied into each function, so that two such
 * functions share nothing; one that is changed sits in a cell that they do share.
 */
final class Upvalues {
    private final Map<Cell, Userdata<Identity>> identities = new WeakHashMap<>();

    /** The initial value of a variable: nothing. */
    record Identity() {}

    /** How many a function has. */
    static int count(Closure function) {
        return function.info().upvalues().size();
    }

    /** The name of one, counted from 1. */
    static String name(Closure function, long number) {
        return function.info().upvalues().get((int) number - 1);
    }

    static boolean exists(Closure function, long number) {
        return number >= 1 && number <= count(function);
    }

    static LuaValue get(Closure function, long number) {
        Object content = content(function, number);
        return content instanceof Cell cell ? cell.value : (LuaValue) content;
    }

    /** Changes one; for a variable that nobody changes, it changes in this function only. */
    static void set(Closure function, long number, LuaValue value) {
        if (content(function, number) instanceof Cell cell) {
            cell.value = value;
        } else {
            replace(function, number, value);
        }
    }

    /** Makes one refer to the same variable as one of another function, as far as that has a variable to share. */
    static void join(Closure function, long number, Closure other, long otherNumber) {
        Object shared = content(other, otherNumber);
        if (shared instanceof Cell && content(function, number) instanceof Cell) {
            replace(function, number, shared);
        } else {
            set(function, number, get(other, otherNumber));
        }
    }

    /** A value that is the same for all functions which share the variable. */
    LuaValue identity(Closure function, long number) {
        if (content(function, number) instanceof Cell cell) {
            return identities.computeIfAbsent(cell, shared -> new Userdata<>(new Identity(), null));
        }
        return new Userdata<>(new Identity(), null);
    }

    private static Object content(Closure function, long number) {
        Field field = field(function, number);
        try {
            return field == null ? function : field.get(function);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("upvalues are public", impossible);
        }
    }

    private static void replace(Closure function, long number, Object content) {
        Field field = field(function, number);
        try {
            if (field != null) {
                field.set(function, content);
            }
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("upvalues are public", impossible);
        }
    }

    /** The field that holds one; null if the variable is the function itself, which has no field for it. */
    private static Field field(Closure function, long number) {
        try {
            return function.getClass().getField("u" + (number - 1));
        } catch (NoSuchFieldException e) {
            return null;
        }
    }
}
