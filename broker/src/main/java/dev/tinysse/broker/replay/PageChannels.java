package dev.tinysse.broker.replay;

import dev.tinysse.broker.log.LogRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The channels of the records of a page. Collected by one thread, then unchanged. */
final class PageChannels {
    private final long after;
    private final Map<String, Ends> channels = new HashMap<>();
    private final Set<String> broken = new HashSet<>();

    private static final class Ends {
        /** The position before the first record. */
        final long previous;
        long last;

        Ends(long previous, long last) {
            this.previous = previous;
            this.last = last;
        }
    }

    /** Nothing yet of a page that begins behind a position. */
    PageChannels(long after) {
        this.after = after;
    }

    /** The next record of the page. */
    void add(LogRecord record) {
        String channel = record.publication().channel();
        Ends ends = channels.get(channel);
        if (ends == null) {
            ends = new Ends(record.previous(), after);
            channels.put(channel, ends);
        }
        if (record.previous() > ends.last) {
            broken.add(channel);
        }
        ends.last = record.position();
    }

    /** {@return channels of which a record has a predecessor that should be in the page, too, and is not} */
    Set<String> broken() {
        return broken;
    }

    /** {@return the position before the first record of a channel; empty if the page has none} */
    OptionalLong previous(String channel) {
        Ends ends = channels.get(channel);
        return ends == null ? OptionalLong.empty() : OptionalLong.of(ends.previous);
    }
}
