package dev.tinysse.server.eventlog;

import dev.tinysse.broker.log.Retention;
import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.component.ServiceLoop;
import java.time.Duration;

/** Has a log drop what has become too old, again and again, on a virtual thread of its own. */
public final class LogSweep implements Component {
    /** Releases the memory of expired messages within ten seconds. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Retention history;
    private final Duration pause;
    private final Thread thread = Thread.ofVirtual().name("tinysse-sweep").unstarted(this::run);
    private volatile boolean closed;

    /** Sweeps of a log. */
    public LogSweep(Retention history) {
        this(history, PAUSE);
    }

    LogSweep(Retention history, Duration pause) {
        this.history = history;
        this.pause = pause;
    }

    /** A log without history needs no thread. */
    @Override
    public void start() {
        if (history != Retention.NONE) {
            thread.start();
        }
    }

    private void run() {
        ServiceLoop.run("sweep", () -> !closed, () -> {
            Thread.sleep(pause);
            history.sweep();
        });
    }

    /** No sweep begins from now on. */
    @Override
    public void stop(Deadline deadline) {
        closed = true;
        thread.interrupt();
    }
}
