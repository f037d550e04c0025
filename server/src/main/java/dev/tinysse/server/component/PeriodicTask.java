package dev.tinysse.server.component;

import java.time.Duration;

/** Repeats a step on a virtual thread of its own, with a pause before each, from its start to its stop. */
public final class PeriodicTask implements Component {
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * A task that is to be started.
     *
     * @param name for the log, and behind {@code tinysse-} for the thread
     * @param pause before each step
     * @param step repeated, whatever it throws; may be interrupted
     */
    public PeriodicTask(String name, Duration pause, ServiceLoop.Step step) {
        thread = Thread.ofVirtual().name("tinysse-" + name)
                .unstarted(() -> ServiceLoop.run(name, () -> !stopped, () -> {
                    Thread.sleep(pause);
                    step.run();
                }));
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop(Deadline deadline) {
        stopped = true;
        thread.interrupt();
    }
}
