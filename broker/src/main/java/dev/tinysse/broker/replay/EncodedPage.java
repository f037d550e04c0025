package dev.tinysse.broker.replay;

import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.log.LogRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A page of the log, encoded. Immutable.
 *
 * @param mark of a moment before it was read
 * @param entries in order, perhaps none
 * @param channels of its records, by name
 * @param through the position up to which it has everything
 * @param complete whether there was nothing more up to the requested position
 */
record EncodedPage(long mark, List<Entry> entries, Map<String, Ends> channels, long through, boolean complete) {
    /**
     * Whether something is missing of a channel that has dropped records behind a position: the first record here has a predecessor
     * behind it, too, or one behind the first has none here.
     *
     * @param droppedLater whether the channel has dropped records behind the page, too: of one without a record here it is not known
     *        then whether something is missing here, and the next page will tell
     */
    boolean lacks(String channel, long after, boolean droppedLater) {
        Ends ends = channels.get(channel);
        return ends == null ? complete || !droppedLater : ends.previous > after || ends.broken;
    }

    /** {@return channels of which a record has a predecessor that should be in the page, too, and is not} */
    Set<String> broken() {
        return channels.entrySet().stream().filter(channel -> channel.getValue().broken).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The records of one channel in a page. Collected by one thread, then unchanged. */
    static final class Ends {
        /** The position before the first record. */
        private final long previous;
        private long last;
        private boolean broken;

        /**
         * Nothing yet.
         *
         * @param first of the channel in the page
         * @param after behind which the page begins
         */
        Ends(LogRecord first, long after) {
            previous = first.previous();
            last = after;
        }

        /** The next record of the channel. */
        void add(LogRecord record) {
            broken |= record.previous() > last;
            last = record.position();
        }
    }
}
