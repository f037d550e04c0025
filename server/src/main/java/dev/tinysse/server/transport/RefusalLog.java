package dev.tinysse.server.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/** Warns of clients refused for want of memory: of the first at once, then once a minute of all. For one thread alone. */
final class RefusalLog {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final RequestMemory memory;
    private long reported;
    private long next;

    RefusalLog(RequestMemory memory, long now) {
        this.memory = memory;
        this.next = now;
    }

    /** Warns if clients have been refused since the last warning, and that was long enough ago. */
    void look(long now) {
        long refused = memory.refused();
        if (refused > reported && now - next >= 0) {
            reported = refused;
            next = now + PAUSE_NANOS;
            LOG.log(Level.WARNING, ("connections or requests were refused for want of memory: refused-in-all=%d"
                    + " max-connections=%d max-request-bytes=%d (JAVA_OPTS=-Xmx… gives the server more)")
                    .formatted(refused, memory.maxConnections(), memory.maxRequestBytes()));
        }
    }
}
