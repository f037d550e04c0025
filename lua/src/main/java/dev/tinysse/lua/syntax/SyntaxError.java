package dev.tinysse.lua.syntax;

import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import java.nio.charset.StandardCharsets;

/** A source that is not Lua; its message begins with {@code FILE:LINE:}, but for one that is nested too deep, as in PUC Lua. */
public final class SyntaxError extends LuaException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /**
     * A fault that says itself in which line it is.
     *
     * @param message the message, one char a byte
     * @param column where in its line the fault was noticed
     */
    SyntaxError(String message, int column) {
        this(message, 0, column);
    }

    /** One that does not; the line is the place where it was noticed. */
    SyntaxError(String message, int line, int column) {
        super(Strings.of(message.getBytes(StandardCharsets.ISO_8859_1)));
        this.line = line;
        this.column = column;
    }

    /** A text that begins with the message, with {@code FILE:LINE:} in front if the message does not have it. */
    public String placed(String file, String text) {
        return line == 0 ? text : file + ":" + line + ": " + text;
    }

    /** Where in its line the fault was noticed, in characters from 1; 0 if there is no such place. */
    public int column() {
        return column;
    }
}
