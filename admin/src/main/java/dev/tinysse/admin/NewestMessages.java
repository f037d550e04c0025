package dev.tinysse.admin;

import dev.tinysse.api.Publication;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The newest messages since they were last taken; where there are too many, the older ones are only counted. Safe for any thread. */
final class NewestMessages {
    static final int MAX = 50;

    private final Deque<Seen> messages = new ArrayDeque<>(MAX);
    private long skipped;

    /**
     * A message.
     *
     * @param time when it was delivered, in milliseconds since 1970
     * @param publication the message, with its channel
     */
    record Seen(long time, Publication publication) {}

    /**
     * The messages since the last call.
     *
     * @param messages the newest, the oldest of them first
     * @param skipped how many came before these
     */
    record Batch(List<Seen> messages, long skipped) {}

    /** Adds a message. Waits for nothing. */
    synchronized void add(Publication publication) {
        if (messages.size() == MAX) {
            messages.removeFirst();
            skipped++;
        }
        messages.addLast(new Seen(System.currentTimeMillis(), publication));
    }

    /** Takes what has come. */
    synchronized Batch take() {
        Batch batch = new Batch(new ArrayList<>(messages), skipped);
        messages.clear();
        skipped = 0;
        return batch;
    }
}
