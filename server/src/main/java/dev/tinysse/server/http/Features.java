package dev.tinysse.server.http;

import dev.tinysse.server.settings.Settings;
import java.util.Set;

/**
 * The features that are on beyond one channel without history.
 *
 * @param channels whether requests may name channels
 * @param presence whether they may ask who is on a channel
 * @param history whether messages are stored for clients that reconnect
 * @param compression whether streams are compressed whose clients accept that
 * @param leaves whether messages leave the process, so that others may ask for all of them
 * @param cluster whether other nodes are one server with this one
 */
record Features(boolean channels, boolean presence, boolean history, boolean compression, boolean leaves,
        boolean cluster) {
    /** The features that a query may use. */
    static final Set<String> ALL_PARAMETERS = Set.of("channel", "last_event_id", "since", "last", "envelope",
            "presence");

    static Features of(Settings settings) {
        return new Features(settings.http().channels(), settings.http().presence(), settings.history().isEnabled(),
                settings.streams().compress(),
                settings.history().dataDir().isPresent() || settings.cluster().isJoined(),
                settings.cluster().isJoined());
    }

    /** The parameters of a request to subscribe that have an effect. */
    Set<String> parameters() {
        if (channels) {
            return history ? ALL_PARAMETERS : Set.of("last_event_id", "channel", "envelope", "presence");
        }
        return history ? Set.of("last_event_id", "since", "last") : Set.of("last_event_id");
    }

    /** Whether anything is; then publishers may also send many messages at once, and a request again without effect. */
    boolean any() {
        return channels || history || cluster;
    }
}
