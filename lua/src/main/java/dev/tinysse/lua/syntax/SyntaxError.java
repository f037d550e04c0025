package dev.tinysse.lua.syntax;

import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import java.nio.charset.StandardCharsets;

/** A source that is not Lua; its message begins with {@code FILE:LINE:}. */
public final class SyntaxError extends LuaException {

    private static final long serialVersionUID = 1L;

    private final int column;

    /**
     * @param message the message, one char a byte
     * @param column where in its line the fault was noticed
     */
    SyntaxError(String message, int column) {
        super(Strings.of(message.getBytes(StandardCharsets.ISO_8859_1)));
        this.column = column;
    }

    /** Where in its line the fault was noticed, in characters from 1; 0 if there is no such place. */
    public int column() {
        return column;
    }
}
