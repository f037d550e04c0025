package dev.tinysse.server.scripts;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.server.component.ServiceLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Calls {@code tick} again and again, with a pause after each call, on a virtual thread of its own. */
public final class Ticker {
    private final HookCalls hooks;
    private final Duration pause;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("tinysse-tick").unstarted(this::run);

    /** With a pause of zero there are no calls. */
    public Ticker(HookCalls hooks, Duration pause) {
        this.hooks = hooks;
        this.pause = pause;
    }

    /** Makes the first call at once. */
    public void start() {
        if (!pause.isZero()) {
            thread.start();
        }
    }

    private void run() {
        AtomicLong count = new AtomicLong();
        ServiceLoop.run("tick", () -> ended.getCount() > 0, () -> {
            if (hooks.has(Hook.TICK)) {
                hooks.tick(count.incrementAndGet());
            }
            ended.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    /** After {@link #end}: waits for a call that has begun, and returns whether it ended in time. */
    public boolean await(Duration limit) throws InterruptedException {
        return thread.getState() == Thread.State.NEW || thread.join(limit);
    }

    /** Makes no further call; a call that has begun runs to its end. */
    public void end() {
        ended.countDown();
    }
}
