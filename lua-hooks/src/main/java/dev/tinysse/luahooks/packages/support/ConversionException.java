package dev.tinysse.luahooks.packages.support;

import dev.tinysse.lua.value.LuaException;

/** A value from a script is not of the type that is needed. The message tells both types. */
public final class ConversionException extends LuaException {

    private static final long serialVersionUID = 1L;

    ConversionException(String from, String to) {
        super("error converting Lua " + from + " to " + to, null);
    }

    ConversionException(String from, String to, String diagnostic) {
        super("error converting Lua " + from + " to " + to + " (" + diagnostic + ")", null);
    }
}
