package dev.tinysse.api;

import java.util.Locale;

/** Why what follows a client's last event id cannot be sent whole. */
public enum GapReason {
    /** Some of it has been dropped: there was more than history keeps. */
    EXPIRED,
    /** No message with this id is there. */
    UNKNOWN,
    /** The id is of a history that may not be complete, which another has replaced. */
    EPOCH;

    /** {@return the word for it, lower case, as clients and scripts see it} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
