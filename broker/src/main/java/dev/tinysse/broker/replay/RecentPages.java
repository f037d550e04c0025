package dev.tinysse.broker.replay;

import dev.tinysse.broker.dispatch.NanoClock;
import dev.tinysse.broker.log.ChannelSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The last few pages that were read, for a moment: many clients reconnect at once, and resume from the same position. Safe for any thread. */
final class RecentPages {
    private static final int MAX_PAGES = 8;
    private static final long MAX_AGE = TimeUnit.SECONDS.toNanos(1);

    /**
     * Where a page begins.
     *
     * @param epoch of the ids
     * @param restored whether its publications have their stored attributes
     */
    record Key(ChannelSet channels, long after, String epoch, boolean restored) {}

    private record Recent(EncodedPage page, long read) {}

    private final NanoClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Recent> pages = new LinkedHashMap<>();

    RecentPages(NanoClock clock) {
        this.clock = clock;
    }

    /** A page that has nothing beyond a position. */
    Optional<EncodedPage> find(Key key, long upTo) {
        lock.lock();
        try {
            dropOld();
            return Optional.ofNullable(pages.get(key)).map(Recent::page).filter(page -> page.through() <= upTo);
        } finally {
            lock.unlock();
        }
    }

    /** Adds a page, unless more may still come behind what it has. */
    void add(Key key, EncodedPage page) {
        if (page.complete()) {
            return;
        }
        lock.lock();
        try {
            dropOld();
            pages.remove(key);
            pages.put(key, new Recent(page, clock.nanos()));
        } finally {
            lock.unlock();
        }
    }

    private void dropOld() {
        long now = clock.nanos();
        var oldest = pages.values().iterator();
        while (oldest.hasNext() && (now - oldest.next().read() > MAX_AGE || pages.size() > MAX_PAGES)) {
            oldest.remove();
        }
    }
}
