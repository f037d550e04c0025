package dev.tinysse.broker.delivery;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.progress.InFlight;
import dev.tinysse.broker.stream.RetryDelay;
import java.time.Duration;

/** Runs the hooks at a stream's end, each on its own virtual thread, since they may wait. Safe for any thread. */
public final class HookThreads {
    private final HookCalls calls;
    private final RetryDelay timeoutRetry;
    private final InFlight running = new InFlight();

    public HookThreads(HookCalls calls, RetryDelay timeoutRetry) {
        this.calls = calls;
        this.timeoutRetry = timeoutRetry;
    }

    public HookCalls calls() {
        return calls;
    }

    /** The reconnection delay after the end of a stream, unless a hook returns another one. */
    RetryDelay timeoutRetry() {
        return timeoutRetry;
    }

    /** Tells the hook, if there is one, that a stream is gone. */
    public void unsubscribe(Subscription subscription) {
        if (calls.has(Hook.UNSUBSCRIBE)) {
            run("tinysse-unsubscribe", () -> calls.unsubscribe(subscription));
        }
    }

    /** Calls the hook for the reconnection delay of a client, and posts the result; without a hook it is there at once. */
    void timeout(Subscriber subscriber, Duration age, Mailbox mailbox) {
        if (calls.has(Hook.TIMEOUT)) {
            run("tinysse-timeout", () -> mailbox.post(new DeliveryTask.TimeOut(subscriber,
                    calls.timeout(subscriber.subscription(), age).orElseGet(timeoutRetry::nextMillis))));
        } else {
            mailbox.post(new DeliveryTask.TimeOut(subscriber, timeoutRetry.nextMillis()));
        }
    }

    /** Waits for the calls that have begun. Whether all of them ended in time. */
    public boolean await(Duration limit) throws InterruptedException {
        return running.awaitNone(limit);
    }

    /** How many calls have begun and not ended. */
    public int running() {
        return running.count();
    }

    private void run(String name, Runnable call) {
        running.begin();
        try {
            Thread.ofVirtual().name(name).start(() -> {
                try {
                    call.run();
                } finally {
                    running.end();
                }
            });
        } catch (Throwable e) {
            running.end(); // the thread did not start
            throw e;
        }
    }
}
