package dev.tinysse.broker.replay;

import dev.tinysse.broker.dispatch.Entry;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A page of the log, encoded. Immutable.
 *
 * @param entries in order, perhaps none
 * @param broken channels of which a record here has a predecessor that should be here, too, and is not
 * @param previous for each channel of the page the position before its first record there
 * @param through the position up to which it has everything
 * @param complete whether there was nothing more up to the position that was asked for
 */
record EncodedPage(List<Entry> entries, Set<String> broken, Map<String, Long> previous, long through,
        boolean complete) {
    /**
     * Whether something is missing of a channel that has dropped records behind a position: the first record here has a predecessor
     * behind it, too, or there is none although the page is the last.
     */
    boolean lacks(String channel, long after) {
        Long before = previous.get(channel);
        return before == null ? complete : before > after;
    }
}
