package dev.tinysse.broker;

import dev.tinysse.api.Publication;
import java.util.concurrent.atomic.AtomicInteger;

/** A published message in the ring: encoded once, and counted down as streams take it. Safe for any thread. */
final class Entry {
    final long sequence;
    final Publication publication;
    final byte[] frame;
    private final AtomicInteger untaken;

    Entry(long sequence, Publication publication, byte[] frame, int subscribers) {
        this.sequence = sequence;
        this.publication = publication;
        this.frame = frame;
        this.untaken = new AtomicInteger(subscribers);
    }

    void taken(int streams) {
        untaken.addAndGet(-streams);
    }

    boolean takenByAll() {
        return untaken.get() == 0;
    }
}
