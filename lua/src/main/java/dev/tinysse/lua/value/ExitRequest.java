package dev.tinysse.lua.value;

/** A script asks with {@code os.exit} that everything end: no {@code pcall} keeps this from the caller of the engine. */
public final class ExitRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** A wish to end with {@code status}, 0 for success. */
    public ExitRequest(int status) {
        super("exit " + status, null, false, false);
        this.status = status;
    }

    /** The exit status that the script asks for. */
    public int status() {
        return status;
    }
}
