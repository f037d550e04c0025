package dev.tinysse.server.transport;

import dev.tinysse.api.internal.LogThrottle;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Warns of clients that are rejected at the memory limit: of the first at once, then once a minute of all. For one thread alone. */
final class RefusalLog {
    private static final Logger LOG = System.getLogger("tinysse");

    private final RequestMemory memory;
    private long reported;
    private final LogThrottle throttle = LogThrottle.perInterval(Duration.ofMinutes(1), System::nanoTime);

    RefusalLog(RequestMemory memory) {
        this.memory = memory;
    }

    /** Warns if clients have been refused since the last warning, and that was long enough ago. */
    void look() {
        long refused = memory.refused();
        if (refused > reported && throttle.isDue()) {
            reported = refused;
            LOG.log(Level.WARNING, ("rejected: request memory limit reached: rejected-total=%d"
                    + " max-connections=%d max-request-bytes=%d (raise it with JAVA_OPTS=-Xmx…)")
                    .formatted(refused, memory.maxConnections(), memory.maxRequestBytes()));
        }
    }
}
