package dev.tinysse.broker.log;

import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The responses to requests with an idempotency key, in memory, within the limits of {@link PublishKey} and a share of the heap; the
 * oldest are dropped. Safe for any thread.
 */
public final class StoredResponses {
    /** A sixteenth of the heap may be taken. */
    private static final int HEAP_PART = 16;
    /** About what an entry takes of the heap beside its texts and bytes. */
    private static final long ENTRY_BYTES = 224;

    private final InstantSource clock;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Stored> responses = new LinkedHashMap<>();
    private long bytes;

    private record Stored(String digest, byte[] results, long millis) {}

    /**
     * No responses, and room for {@link PublishKey#MAX_BYTES}, or a sixteenth of the heap if that is less.
     *
     * @param clock tells when a response is too old
     */
    public StoredResponses(InstantSource clock) {
        this(clock, Math.min(PublishKey.MAX_BYTES, Runtime.getRuntime().maxMemory() / HEAP_PART));
    }

    StoredResponses(InstantSource clock, long maxBytes) {
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    /**
     * Finds the response to a request.
     *
     * @param key of the request
     * @return the stored results, or that the key was used with other content; empty if nothing is stored
     */
    public Optional<Append.Outcome> find(PublishKey key) {
        lock.lock();
        try {
            dropOld();
            return Optional.ofNullable(responses.get(key.name())).map(stored -> stored.digest.equals(key.digest())
                    ? new Append.Outcome.Repeated(ResultsCodec.decode(stored.results))
                    : new Append.Outcome.KeyReused());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stores a response.
     *
     * @param key of the request
     * @param results of its publications, {@linkplain ResultsCodec encoded}; not changed any more
     * @param millis when it was published, no earlier than those before
     */
    public void store(PublishKey key, byte[] results, long millis) {
        lock.lock();
        try {
            Stored stored = new Stored(key.digest(), results, millis);
            Stored before = responses.remove(key.name());
            bytes += size(key.name(), stored) - (before == null ? 0 : size(key.name(), before));
            responses.put(key.name(), stored);
            dropOld();
        } finally {
            lock.unlock();
        }
    }

    /** Drops what has become too old. */
    public void sweep() {
        lock.lock();
        try {
            dropOld();
        } finally {
            lock.unlock();
        }
    }

    private void dropOld() {
        long oldest = clock.millis() - PublishKey.LIFETIME.toMillis();
        Iterator<Map.Entry<String, Stored>> eldest = responses.entrySet().iterator();
        while (eldest.hasNext()) {
            Map.Entry<String, Stored> entry = eldest.next();
            if (entry.getValue().millis > oldest && responses.size() <= PublishKey.MAX_KEYS && bytes <= maxBytes) {
                return;
            }
            bytes -= size(entry.getKey(), entry.getValue());
            eldest.remove();
        }
    }

    private static long size(String name, Stored stored) {
        return ENTRY_BYTES + name.length() + stored.digest.length() + stored.results.length;
    }
}
