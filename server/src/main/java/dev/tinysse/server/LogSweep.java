package dev.tinysse.server;

import dev.tinysse.broker.log.EventLog;
import dev.tinysse.server.loop.ServiceLoop;
import java.time.Duration;

/** Has a log drop what has become too old, again and again, on a virtual thread of its own. */
final class LogSweep implements AutoCloseable {
    /** Releases the memory of expired messages within ten seconds. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Thread thread;
    private volatile boolean closed;

    /** Sweeps a log from now on; one without history needs no thread. */
    LogSweep(EventLog log) {
        this(log, PAUSE);
    }

    LogSweep(EventLog log, Duration pause) {
        thread = Thread.ofVirtual().name("tinysse-sweep").unstarted(() -> run(log, pause));
        if (log.keeps()) {
            thread.start();
        }
    }

    private void run(EventLog log, Duration pause) {
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
