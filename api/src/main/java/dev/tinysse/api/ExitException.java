package dev.tinysse.api;

/** A script asks at its top level or in {@code startup} that the program end. */
public class ExitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * A wish to end.
     *
     * @param status the exit status, 0 to 255
     */
    public ExitException(int status) {
        super("exit " + status, null, false, false);
        this.status = status;
    }

    /** {@return the exit status} */
    public int status() {
        return status;
    }
}
