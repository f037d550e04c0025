package dev.tinysse.broker.stream;

import java.util.Locale;

/** Why a stream has ended, as operators count it; the log is more exact. */
public enum ClosedReason {
    /** Its client has left. */
    CLIENT,
    /** It was as old as a stream may get. */
    TIMEOUT,
    /** Its client did not read. */
    SLOW,
    /** Its token has expired. */
    EXPIRED,
    /** The server stopped. */
    DRAIN,
    /** A script or an operator has ended it. */
    DISCONNECTED,
    /** Its connection or the server failed. */
    ERROR;

    /** {@return the name in metrics and logs} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
