package dev.tinysse.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Collects garbage before the heap has grown to its limit. The serial collector looks at its old generation only when it can
 * get no more memory from the machine, so what calls of a script leave behind that waited long enough to grow old would fill
 * that first. A collection comes when twice as much is used as was in use after the last one.
 */
final class HeapTrim {
    /** Set by the launcher if it has chosen the collector. */
    private static final String WANTED = "tinysse.heap.trim";
    private static final long LEAST_BYTES = 128L << 20;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final LongSupplier used;
    private final Runnable collection;
    private long limit = LEAST_BYTES;

    /**
     * For a heap.
     *
     * @param used how many bytes of it are in use, garbage included
     * @param collection frees what is garbage
     */
    HeapTrim(LongSupplier used, Runnable collection) {
        this.used = used;
        this.collection = collection;
    }

    /** Watches this JVM's heap, if its collector needs that. */
    static void startIfWanted() {
        if (Boolean.getBoolean(WANTED)) {
            Runtime jvm = Runtime.getRuntime();
            Thread.ofVirtual().name("tinysse-heap")
                    .start(new HeapTrim(() -> jvm.totalMemory() - jvm.freeMemory(), jvm::gc)::watch);
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects if it is time to. */
    void look() {
        if (used.getAsLong() > limit) {
            collection.run();
            limit = Math.max(LEAST_BYTES, 2 * used.getAsLong());
        }
    }
}
