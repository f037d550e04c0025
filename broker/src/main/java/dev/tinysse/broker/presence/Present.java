package dev.tinysse.broker.presence;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user on a channel. To be touched under the lock of {@link Presence}. */
final class Present {
    final String channel;
    final String sub;
    /** Streams on this node. */
    int here;
    /** Whether the streams of the channel have received the join. */
    boolean announced;
    /** Streams by the names of other nodes; without those that have none. */
    private Map<String, Integer> elsewhere = Map.of();
    /** Stands for the departure that is to come, or null. */
    private @Nullable Object leaving;

    Present(String channel, String sub) {
        this.channel = channel;
        this.sub = sub;
    }

    /** Streams on all nodes. */
    int streams() {
        int all = here;
        for (int streams : elsewhere.values()) {
            all += streams;
        }
        return all;
    }

    void elsewhere(String node, int streams) {
        Map<String, Integer> changed = new HashMap<>(elsewhere);
        if (streams == 0) {
            changed.remove(node);
        } else {
            changed.put(node, streams);
        }
        elsewhere = changed.isEmpty() ? Map.of() : changed;
    }

    boolean isOn(String node) {
        return elsewhere.containsKey(node);
    }

    /** Is to leave, unless it stays; the departure is known by the mark. */
    void leave(Object mark) {
        leaving = mark;
    }

    void stay() {
        leaving = null;
    }

    boolean isLeaving() {
        return leaving != null;
    }

    boolean isLeaving(Object mark) {
        return leaving == mark;
    }
}
