package dev.tinysse.server.http;

import dev.tinysse.server.settings.Settings;

/**
 * What is switched on beyond one channel without history.
 *
 * @param channels whether requests may name channels
 * @param presence whether they may ask who is on a channel
 * @param history whether messages are kept for clients that come back
 * @param files whether they are kept longer than the process lives
 */
record Features(boolean channels, boolean presence, boolean history, boolean files) {
    static Features of(Settings settings) {
        return new Features(settings.http().channels(), settings.http().presence(), settings.history().isKept(),
                settings.history().dataDir().isPresent());
    }

    /** Whether anything is; then publishers may also send many messages at once, and a request again without effect. */
    boolean any() {
        return channels || history;
    }
}
