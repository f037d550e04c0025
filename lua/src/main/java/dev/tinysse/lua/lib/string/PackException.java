package dev.tinysse.lua.lib.string;

/** A format of {@code string.pack} is malformed. Its message is what the script gets to see. */
final class PackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean argument;

    PackException(String message) {
        this(message, false);
    }

    private PackException(String message, boolean argument) {
        super(message, null, false, false);
        this.argument = argument;
    }

    /** A mistake reported as one of the first argument. */
    static PackException argument(String message) {
        return new PackException(message, true);
    }

    /** Whether it is reported as a bad first argument. */
    boolean isArgument() {
        return argument;
    }
}
