package dev.tinysse.broker.stream;

/**
 * A user has come to a channel with its first stream, or gone with its last.
 *
 * @param channel its name
 * @param sub the user
 * @param joined whether the user has come, and not gone
 * @param count users there now, at least 0
 */
public record PresenceChange(String channel, String sub, boolean joined, int count) {}
