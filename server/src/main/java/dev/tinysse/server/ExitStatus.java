package dev.tinysse.server;

/**
 * How the program ends.
 */
final class ExitStatus {

    /** Success, also after a stop by a signal. */
    static final int OK = 0;

    /** The operation failed. */
    static final int FAILED = 1;

    /** The command line or the configuration is wrong. */
    static final int USAGE = 2;

    private ExitStatus() {}
}
