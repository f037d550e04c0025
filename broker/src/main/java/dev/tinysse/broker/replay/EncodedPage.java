package dev.tinysse.broker.replay;

import dev.tinysse.broker.dispatch.Entry;
import java.util.List;
import java.util.OptionalLong;

/**
 * A page of the log, encoded. Immutable.
 *
 * @param mark of a moment before it was read
 * @param entries in order, perhaps none
 * @param channels of its records
 * @param through the position up to which it has everything
 * @param complete whether there was nothing more up to the requested position
 */
record EncodedPage(long mark, List<Entry> entries, PageChannels channels, long through, boolean complete) {
    /**
     * Whether something is missing of a channel that has dropped records behind a position: the first record here has a predecessor
     * behind it, too, or one behind the first has none here.
     *
     * @param droppedLater whether the channel has dropped records behind the page, too: of one without a record here it is not known
     *        then whether something is missing here, and the next page will tell
     */
    boolean lacks(String channel, long after, boolean droppedLater) {
        OptionalLong previous = channels.previous(channel);
        return previous.isEmpty()
                ? complete || !droppedLater
                : previous.getAsLong() > after || channels.broken().contains(channel);
    }
}
