package dev.tinysse.server.http;

import java.util.concurrent.atomic.AtomicInteger;

/** Lets only so many streams in at a time. Safe for any thread. */
final class Admission {
    private final int limit;
    private final AtomicInteger inside = new AtomicInteger();

    /** No limit if it is 0. */
    Admission(int limit) {
        this.limit = limit;
    }

    boolean tryEnter() {
        if (inside.incrementAndGet() > limit && limit > 0) {
            inside.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        inside.decrementAndGet();
    }
}
