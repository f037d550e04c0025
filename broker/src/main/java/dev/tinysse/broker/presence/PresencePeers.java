package dev.tinysse.broker.presence;

/** Tells other nodes who is on this one. What it carries there comes to their {@link Presence#elsewhere}. */
@FunctionalInterface
public interface PresencePeers {
    /**
     * A user has so many streams on a channel of this node now. Called under a lock, in the order of the changes: must not wait.
     *
     * @param channel its name
     * @param sub the user
     * @param streams 0 for none any more
     */
    void here(String channel, String sub, int streams);
}
