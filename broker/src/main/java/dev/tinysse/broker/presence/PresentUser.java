package dev.tinysse.broker.presence;

/**
 * A user who is on a channel.
 *
 * @param sub the user
 * @param streams open streams on all nodes; 0 for one whose last stream has ended a moment ago, which may return
 */
public record PresentUser(String sub, int streams) {}
