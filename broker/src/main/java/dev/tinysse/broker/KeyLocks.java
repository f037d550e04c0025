package dev.tinysse.broker;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one request of each key run at a time, the others in the order of their calls. Safe for any thread. */
final class KeyLocks {
    private final ConcurrentMap<String, KeyLock> locks = new ConcurrentHashMap<>();

    /** The lock of a key, and the requests that hold it or wait for it: a number that changes under the map's lock of the key alone. */
    private static final class KeyLock {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int requests;
    }

    /** The locks that a request holds until it is closed, by the thread that took them. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits until no other request has the key. */
    Held lock(String name) {
        KeyLock held = locks.compute(name, (_, present) -> {
            KeyLock lock = present == null ? new KeyLock() : present;
            lock.requests++;
            return lock;
        });
        held.lock.lock();
        return () -> {
            held.lock.unlock();
            locks.compute(name, (_, lock) -> --lock.requests == 0 ? null : lock);
        };
    }
}
