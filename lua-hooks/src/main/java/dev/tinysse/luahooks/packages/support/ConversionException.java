package dev.tinysse.luahooks.packages.support;

import dev.tinysse.lua.value.LuaException;

/** A value from a script is not of the type that is needed. */
public final class ConversionException extends LuaException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong with the value, if that is not its type */
    public ConversionException(String message) {
        super(message, null);
    }

    ConversionException(String from, String to) {
        super("error converting Lua " + from + " to " + to, null);
    }

    /**
     * A value of this type will not do for that one.
     *
     * @param diagnostic why
     */
    public ConversionException(String from, String to, String diagnostic) {
        super("error converting Lua " + from + " to " + to + " (" + diagnostic + ")", null);
    }
}
