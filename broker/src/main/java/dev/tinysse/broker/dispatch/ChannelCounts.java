package dev.tinysse.broker.dispatch;

/**
 * The counts of a channel with streams.
 *
 * @param streams how many a message would be for
 * @param published messages since it has had a stream
 * @param delivered how often one of them was sent to a stream
 */
public record ChannelCounts(int streams, long published, long delivered) {}
