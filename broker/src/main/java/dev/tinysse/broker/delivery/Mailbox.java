package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.WorkerQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The tasks that other threads have for a delivery thread, in order. Any thread may post, also that thread. */
final class Mailbox {
    private final Queue<DeliveryTask> tasks = new ConcurrentLinkedQueue<>();
    private final WorkerQueue queue;

    Mailbox(WorkerQueue queue) {
        this.queue = queue;
    }

    /** Adds a task, and wakes the thread. */
    void post(DeliveryTask task) {
        tasks.add(task);
        queue.wake();
    }

    /** The next task, or null. */
    @Nullable
    DeliveryTask poll() {
        return tasks.poll();
    }
}
