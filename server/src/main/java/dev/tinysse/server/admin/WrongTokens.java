package dev.tinysse.server.admin;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Warns of who tries tokens of operators: of the first at once, then once a minute of all. Safe for any thread. */
final class WrongTokens {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier clock;
    private long next;
    private long all;

    /** None yet. */
    WrongTokens(LongSupplier clock) {
        this.clock = clock;
        this.next = clock.getAsLong();
    }

    /** Somebody has sent one. */
    synchronized void add(String address) {
        all++;
        long now = clock.getAsLong();
        if (now - next >= 0) {
            next = now + PAUSE_NANOS;
            LOG.log(Level.WARNING, "wrong token at admin-listen: client=%s in-all=%d".formatted(address, all));
        }
    }
}
