package dev.tinysse.cli;

/** How a command ends. */
public final class ExitStatus {
    /** All is done. */
    public static final int OK = 0;
    /** The operation failed. */
    public static final int FAILED = 1;
    /** The arguments are wrong. */
    public static final int USAGE = 2;

    private ExitStatus() {}
}
