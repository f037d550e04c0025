package dev.tinysse.server.admin;

import dev.tinysse.server.logging.LineAMinute;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;

/** Warns of who tries tokens of operators: of the first at once, then once a minute of all. Safe for any thread. */
final class WrongTokens {
    private static final Logger LOG = System.getLogger("tinysse");

    private final LongSupplier clock;
    private final LineAMinute line;
    private long all;

    /** None yet. */
    WrongTokens(LongSupplier clock) {
        this.clock = clock;
        this.line = new LineAMinute(clock.getAsLong());
    }

    /** Somebody has sent one. */
    synchronized void add(String address) {
        all++;
        if (line.isDue(clock.getAsLong())) {
            LOG.log(Level.WARNING, "wrong token at admin-listen: client=%s in-all=%d".formatted(address, all));
        }
    }
}
