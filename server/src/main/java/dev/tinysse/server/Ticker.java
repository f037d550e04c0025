package dev.tinysse.server;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.HookCalls;
import java.time.Duration;

/** Calls {@code tick} again and again, with a pause after each call, on a virtual thread of its own. */
final class Ticker implements AutoCloseable {
    private final Thread thread;

    /** Begins with the first call at once. A pause of zero means: never call it. */
    Ticker(HookCalls hooks, Duration pause) {
        thread = Thread.ofVirtual().name("tinysse-tick").unstarted(() -> run(hooks, pause));
        if (!pause.isZero()) {
            thread.start();
        }
    }

    private static void run(HookCalls hooks, Duration pause) {
        for (long count = 1; !Thread.currentThread().isInterrupted();) {
            if (hooks.has(Hook.TICK)) {
                hooks.tick(count++);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Calls no more; a call that has begun is not waited for. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
