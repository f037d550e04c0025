package dev.tinysse.lua.lib.text;

/** A text that directs an operation on strings (a pattern, a format) is malformed, or asks for what cannot be. Its message is what the script gets to see. */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message, null, false, false);
    }
}
