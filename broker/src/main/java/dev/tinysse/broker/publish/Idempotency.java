package dev.tinysse.broker.publish;

import dev.tinysse.api.Decision;
import dev.tinysse.api.Publication;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rules for requests with an idempotency key: one at a time of each key, the response is looked up before the hook runs, and only
 * 202 responses are stored. The log stores a response together with the messages, so that neither is there without the other. Safe for
 * any thread.
 */
final class Idempotency {
    private final EventLog log;
    private final ConcurrentMap<String, KeyLock> locks = new ConcurrentHashMap<>();

    /** The lock of a key, and the requests that hold it or wait for it: a number that changes under the map's lock of the key alone. */
    private static final class KeyLock {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int requests;
    }

    Idempotency(EventLog log) {
        this.log = log;
    }

    /** Waits until all earlier requests with the key have ended. */
    Turn awaitTurn(PublishKey key) {
        KeyLock held = locks.compute(key.name(), (_, present) -> {
            KeyLock lock = present == null ? new KeyLock() : present;
            lock.requests++;
            return lock;
        });
        held.lock.lock();
        return new Turn(key, held);
    }

    /** The turn of a request, which it holds until it has ended. For the thread that took it. */
    final class Turn implements AutoCloseable {
        private final PublishKey key;
        private final KeyLock held;

        private Turn(PublishKey key, KeyLock held) {
            this.key = key;
            this.held = held;
        }

        /** The outcome that is stored for the key; empty if the request is to be carried out. */
        Optional<Append.Outcome> findResponse() throws LogException {
            return log.findResponse(key);
        }

        @Override
        public void close() {
            held.lock.unlock();
            locks.compute(key.name(), (_, lock) -> --lock.requests == 0 ? null : lock);
        }
    }

    /** Whether the log stores the response to a request with a key: the response to a batch is always a 202. */
    static boolean isStored(PublishRequest request, List<Decision<Publication>> decisions) {
        return request.batch() || decisions.getFirst() instanceof Decision.Accepted;
    }

    /** {@return the number of keys with requests under way} */
    int keysInUse() {
        return locks.size();
    }
}
