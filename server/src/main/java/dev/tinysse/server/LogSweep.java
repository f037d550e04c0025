package dev.tinysse.server;

import dev.tinysse.broker.log.Retention;
import dev.tinysse.server.loop.ServiceLoop;
import java.time.Duration;

/** Has a log drop what has become too old, again and again, on a virtual thread of its own. */
final class LogSweep implements AutoCloseable {
    /** Releases the memory of expired messages within ten seconds. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Thread thread;
    private volatile boolean closed;

    /** Sweeps a log from now on. */
    LogSweep(Retention log) {
        this(log, PAUSE);
    }

    LogSweep(Retention log, Duration pause) {
        thread = Thread.ofVirtual().name("tinysse-sweep").start(() -> run(log, pause));
    }

    private void run(Retention log, Duration pause) {
        ServiceLoop.run("sweep", () -> !closed, () -> {
            Thread.sleep(pause);
            log.sweep();
        });
    }

    /** No sweep begins from now on. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
