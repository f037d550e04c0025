package dev.tinysse.server;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.server.loop.ServiceLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Calls {@code tick} again and again, with a pause after each call, on a virtual thread of its own. */
final class Ticker implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** Makes the first call at once. With a pause of zero there are no calls. */
    Ticker(HookCalls hooks, Duration pause) {
        thread = Thread.ofVirtual().name("tinysse-tick").unstarted(() -> run(hooks, pause));
        if (!pause.isZero()) {
            thread.start();
        }
    }

    private void run(HookCalls hooks, Duration pause) {
        AtomicLong count = new AtomicLong();
        ServiceLoop.run("tick", () -> closed.getCount() > 0, () -> {
            if (hooks.has(Hook.TICK)) {
                hooks.tick(count.incrementAndGet());
            }
            closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    /** After {@link #close}: waits for a call that has begun, and returns whether it ended in time. */
    boolean await(Duration limit) throws InterruptedException {
        return thread.getState() == Thread.State.NEW || thread.join(limit);
    }

    /** Makes no further call; a call that has begun runs to its end. */
    @Override
    public void close() {
        closed.countDown();
    }
}
