package dev.tinysse.server.process;

import dev.tinysse.cli.ExitStatus;
import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Deadline;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The signals that stop the server. One that comes before {@link #start} ends the process at once: a script that is starting may run
 * without limit, and nothing has been acknowledged yet. A second one ends it, too.
 */
public final class StopSignal implements Component {
    private static final int KILLED_BY_SIGNAL = 128;

    private final Duration drainTimeout;
    private final Thread stopping;
    private final CountDownLatch received = new CountDownLatch(1);
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile boolean serving;

    private StopSignal(Duration drainTimeout, Thread stopping) {
        this.drainTimeout = drainTimeout;
        this.stopping = stopping;
    }

    /** Handles the signals from now on. The calling thread is to carry out the stop. */
    public static StopSignal handled(Duration drainTimeout) {
        StopSignal signal = new StopSignal(drainTimeout, Thread.currentThread());
        Signals.onStop(signal::receive);
        return signal;
    }

    private void receive(int number) {
        if (again.getAndSet(true)) {
            Runtime.getRuntime().halt(KILLED_BY_SIGNAL + number);
        }
        if (!serving) {
            System.getLogger("tinysse").log(Level.INFO, "Stopped during the start");
            System.exit(ExitStatus.OK);
        }
        StopDeadline.begin(drainTimeout, stopping);
        received.countDown();
    }

    /** From now on a signal begins a stop in order. */
    @Override
    public void start() {
        serving = true;
    }

    /** Waits for the first signal. */
    public void await() throws InterruptedException {
        received.await();
    }

    @Override
    public void stop(Deadline deadline) {
        // a second signal ends the process until it has ended
    }
}
