package dev.tinysse.broker.log;

/**
 * The stored messages of a channel.
 *
 * @param messages how many, at least 1
 * @param bytes what they take, roughly, as the limit of the log's size counts them
 * @param published how many the log has taken for the channel since it has stored records of it, as far as it knows: at least
 *        {@code messages}
 * @param oldest the id of the oldest message
 * @param newest the id of the newest message
 */
public record ChannelHistory(long messages, long bytes, long published, String oldest, String newest) {}
