package dev.tinysse.server;

/**
 * How the program ends.
 */
final class ExitStatus {

    /** All is well, also after a stop by a signal. */
    static final int OK = 0;

    /** It could not do what was asked for. */
    static final int FAILED = 1;

    /** What was asked for cannot be. */
    static final int USAGE = 2;

    private ExitStatus() {}
}
