package dev.tinysse.broker.stream;

/**
 * A user has come to a channel with its first stream, or gone with its last.
 *
 * @param channel its name
 * @param sub the user
 * @param here whether the user is there now
 * @param count users there now, at least 0
 */
public record PresenceChange(String channel, String sub, boolean here, int count) {}
