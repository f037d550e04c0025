package dev.tinysse.lua.syntax;

import java.nio.charset.StandardCharsets;

import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;

/** A source that is not Lua; its message begins with {@code FILE:LINE:}. */
public final class SyntaxError extends LuaException {

    private static final long serialVersionUID = 1L;

    /** @param message the message, one char a byte */
    SyntaxError(String message) {
        super(Strings.of(message.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
