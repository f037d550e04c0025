package dev.tinysse.server.process;

/**
 * How the program ends.
 */
public final class ExitStatus {

    /** Success, also after a stop by a signal. */
    public static final int OK = 0;

    /** The operation failed. */
    public static final int FAILED = 1;

    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;

    private ExitStatus() {}
}
