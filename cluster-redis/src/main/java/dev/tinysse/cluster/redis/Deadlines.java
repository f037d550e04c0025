package dev.tinysse.cluster.redis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Ends requests whose time is up. They are added by any thread, in the order of their deadlines; run by one. */
final class Deadlines implements Runnable {
    private static final long LOOK_MILLIS = 50;

    private final Queue<Pending> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    void add(Pending pending) {
        waiting.add(pending);
    }

    void close() {
        closed = true;
    }

    @Override
    public void run() {
        while (!closed || !waiting.isEmpty()) {
            for (Pending next = waiting.peek(); next != null && isOver(next); next = waiting.peek()) {
                waiting.poll();
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                // closed; those that are left still end in time
            }
        }
    }

    private static boolean isOver(Pending pending) {
        if (!pending.isDone() && System.nanoTime() - pending.deadline() >= 0) {
            pending.timeUp();
        }
        return pending.isDone();
    }
}
