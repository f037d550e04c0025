package dev.tinysse.broker.dispatch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Back-pressure: a publisher that waits for a fan-out thread is woken by it, and does not sleep on until its own limit of a second.
 * The clock cannot tell that from a publisher that gets no processor for a second: run this where processors are to spare.
 */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "woken, or did not wait")
@Outcome(id = "1", expect = FORBIDDEN, desc = "slept through the progress")
@State
public class BackPressureStress {
    private static final long SLEPT = TimeUnit.MILLISECONDS.toNanos(950);

    private final WorkerQueue queue = new WorkerQueue();
    private final BackPressure backPressure = new BackPressure(2, List.of(queue));
    private volatile long progress;

    public BackPressureStress() {
        Channel channel = new Channel("default", 2);
        queue.add(new QueuedEntry(channel, Samples.record(1), new byte[1], 1));
        queue.add(new QueuedEntry(channel, Samples.record(2), new byte[1], 1));
    }

    @Actor
    public void publisher(I_Result result) {
        backPressure.begin();
        long began = System.nanoTime();
        backPressure.end();
        long ended = System.nanoTime();
        long seen = progress;
        result.r1 = seen != 0 && ended - Math.max(began, seen) > SLEPT ? 1 : 0;
    }

    @Actor
    public void fanOut() {
        queue.delivered(2, 2);
        backPressure.progress();
        progress = System.nanoTime();
    }
}
