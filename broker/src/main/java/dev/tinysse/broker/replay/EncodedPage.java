package dev.tinysse.broker.replay;

import dev.tinysse.broker.dispatch.Entry;
import java.util.List;
import java.util.OptionalLong;

/**
 * A page of the log, encoded. Immutable.
 *
 * @param entries in order, perhaps none
 * @param channels of its records
 * @param through the position up to which it has everything
 * @param complete whether there was nothing more up to the position that was asked for
 */
record EncodedPage(List<Entry> entries, PageChannels channels, long through, boolean complete) {
    /**
     * Whether something is missing of a channel that has dropped records behind a position: the first record here has a predecessor
     * behind it, too, or there is none although the page is the last.
     */
    boolean lacks(String channel, long after) {
        OptionalLong previous = channels.previous(channel);
        return previous.isEmpty() ? complete : previous.getAsLong() > after;
    }
}
