package dev.tinysse.admin;

import dev.tinysse.api.internal.Json;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.component.PeriodicTask;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** The server's metrics of the last ten minutes, one sample per second, so that a page shows them that has just been opened. Safe for any thread. */
final class FigureHistory implements AutoCloseable {
    static final int MAX = 600;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Supplier<String> figures;
    private final Deque<String> samples = new ArrayDeque<>(MAX);
    private final PeriodicTask task = new PeriodicTask("figures", INTERVAL, this::sample);

    /** A history that begins to sample these metrics, each time an object of JSON. */
    FigureHistory(Supplier<String> figures) {
        this.figures = figures;
        sample();
        task.start();
    }

    /** The samples, the oldest first. */
    String json() {
        List<String> all;
        synchronized (samples) {
            all = List.copyOf(samples);
        }
        return new Json().raw("samples", Json.array(all)).toString();
    }

    /** Takes a sample. */
    void sample() {
        String sample = figures.get();
        synchronized (samples) {
            if (samples.size() == MAX) {
                samples.removeFirst();
            }
            samples.addLast(sample);
        }
    }

    /** Ends the sampling. */
    @Override
    public void close() {
        task.stop(Deadline.in(Duration.ZERO));
    }
}
