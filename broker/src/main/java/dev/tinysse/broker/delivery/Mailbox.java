package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.Wakeup;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The tasks that other threads have for a delivery thread, in order. Any thread may post, also that thread. */
final class Mailbox {
    private final Queue<DeliveryTask> tasks = new ConcurrentLinkedQueue<>();
    private final Wakeup wakeup;

    Mailbox(Wakeup wakeup) {
        this.wakeup = wakeup;
    }

    /** Adds a task, and wakes the thread. */
    void post(DeliveryTask task) {
        tasks.add(task);
        wakeup.signal();
    }

    /** The next task, or null. */
    DeliveryTask poll() {
        return tasks.poll();
    }
}
