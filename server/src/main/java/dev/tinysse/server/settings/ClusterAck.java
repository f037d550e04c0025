package dev.tinysse.server.settings;

import java.util.Locale;

/** The guarantee of the response to a publisher for a message of a cluster. */
public enum ClusterAck {
    /** The backend has it. */
    ENGINE,
    /** The backend has it, and one replica has confirmed it. */
    REPLICA;

    /** The word for it, lower case, as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
