package dev.tinysse.server.process;

import dev.tinysse.server.component.PeriodicTask;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Collects garbage before the heap has grown to its limit. The serial collector looks at its old generation only when it can
 * get no more memory from the machine, so what calls of a script leave behind that waited long enough to grow old would fill
 * that first. A collection comes when twice as much is used as was in use after the last one, and in a quiet time after a
 * busy one, so that the machine gets back what is not needed any more.
 */
public final class HeapTrim {
    /** Set by the launcher if it has chosen the collector. */
    private static final String WANTED = "tinysse.heap.trim";
    private static final long MIN_BYTES = 128L << 20;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Bytes allocated in a second, below which it is quiet. Streams with messages now and then allocate more, and feel a pause. */
    private static final long QUIET_BYTES = 64 << 10;
    private static final int QUIET_SECONDS = 4;
    /** Garbage of less than that, or than this part of what is in use, is left where it is. */
    private static final long WORTHWHILE_BYTES = 10 << 20;
    private static final int WORTHWHILE_PART = 4;

    private final LongSupplier used;
    private final Runnable collection;
    private long limit = MIN_BYTES;
    private long inUse = Long.MAX_VALUE;
    private long before;
    private int quiet;

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
    public static void startIfWanted() {
        if (Boolean.getBoolean(WANTED)) {
            Runtime jvm = Runtime.getRuntime();
            HeapTrim trim = new HeapTrim(() -> jvm.totalMemory() - jvm.freeMemory(), jvm::gc);
            new PeriodicTask("heap", PAUSE, trim::look).start();
        }
    }

    /** Collects if it is time to. To be called once a second. */
    void look() {
        long now = used.getAsLong();
        inUse = Math.min(inUse, now);
        quiet = now - before < QUIET_BYTES && now >= before ? quiet + 1 : 0;
        before = now;
        if (now > limit
                || quiet >= QUIET_SECONDS && now - inUse > Math.max(WORTHWHILE_BYTES, inUse / WORTHWHILE_PART)) {
            collection.run();
            inUse = used.getAsLong();
            before = inUse;
            quiet = 0;
            limit = Math.max(MIN_BYTES, 2 * inUse);
        }
    }
}
