package dev.tinysse.client.bench;

import dev.tinysse.cli.Stdio;
import java.time.Duration;

/**
 * A line on the terminal that says each second how far a run is. Until its thread is interrupted.
 */
record Progress(Stdio stdio, BenchOptions options, Streams streams, Publishers publishers, Schedule schedule)
        implements
            Runnable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String CLEAR = "\r\u001b[K";

    @Override
    public void run() {
        long before = 0;
        try {
            while (true) {
                Thread.sleep(PAUSE);
                long deliveries = streams.deliveries();
                stdio.err().print(CLEAR + "%d of %d s, %d sent, %d deliveries, %d a second".formatted(
                        Duration.ofNanos(System.nanoTime() - schedule.start()).toSeconds(),
                        options.duration().toSeconds(),
                        publishers.accepted(), deliveries, deliveries - before));
                before = deliveries;
            }
        } catch (InterruptedException e) {
            stdio.err().print(CLEAR);
        }
    }
}
