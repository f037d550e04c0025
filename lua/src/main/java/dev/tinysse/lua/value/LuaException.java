package dev.tinysse.lua.value;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * An error of Lua on its way to a {@code pcall} or to the caller of the engine. It carries any value.
 */
public class LuaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient LuaValue value;
    private transient String traceback;

    /** An error with the value {@code value}. */
    public LuaException(LuaValue value) {
        this(value, null);
    }

    /** An error with a text as its value, that {@code cause} (may be null) led to. */
    public LuaException(String message, Throwable cause) {
        this(Strings.of(message), cause);
    }

    /** An error with the value {@code value}, that {@code cause} (may be null) led to. */
    public LuaException(LuaValue value, Throwable cause) {
        super(null, cause);
        this.value = value;
    }

    /** The error value, what {@code pcall} hands to the script. */
    public LuaValue value() {
        return value;
    }

    /** Where the error was raised, as {@code debug.traceback} writes it; null if nobody noted it. */
    public String traceback() {
        return traceback;
    }

    /** Notes where the error was raised; the first note stays. */
    public void traceback(String text) {
        if (traceback == null) {
            traceback = text;
        }
    }

    /** The error value as text: its own if it is a string or number, else a word about its type. */
    @Override
    public String getMessage() {
        if (value instanceof LuaString text) {
            return Strings.text(text);
        }
        return value.isnumber() ? value.tojstring() : "(error object is a " + value.typename() + " value)";
    }
}
