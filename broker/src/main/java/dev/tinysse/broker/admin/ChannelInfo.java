package dev.tinysse.broker.admin;

import dev.tinysse.broker.log.ChannelHistory;
import java.util.Optional;

/**
 * A channel, as it was at one moment.
 *
 * @param name of it
 * @param streams how many a message would be for
 * @param published messages since it has had a stream or history without a break
 * @param delivered how often one of them was sent to a stream as it was published; replays do not count
 * @param history what history keeps of it, if anything
 */
public record ChannelInfo(String name, int streams, long published, long delivered, Optional<ChannelHistory> history) {
    /** The same channel on another node, which has the same history. */
    public ChannelInfo plus(ChannelInfo other) {
        return new ChannelInfo(name, streams + other.streams, Math.max(published, other.published),
                delivered + other.delivered, history.or(other::history));
    }
}
