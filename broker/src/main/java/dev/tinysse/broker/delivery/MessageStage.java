package dev.tinysse.broker.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages through the {@code message} hook, for the subscribers of one delivery thread, which alone calls it. The hook itself runs
 * elsewhere, a batch of subscribers at a time.
 */
final class MessageStage {
    private final MessageCalls.Shared calls;
    /** Subscribers that can take messages, beside those whose group waits. */
    private final Deque<Subscriber> ready = new ArrayDeque<>();
    private boolean running;

    MessageStage(MessageCalls.Shared calls) {
        this.calls = calls;
    }

    /** A subscriber can take messages, whether or not its group waits. */
    void ready(Subscriber subscriber) {
        if (subscriber.awaitHook()) {
            ready.add(subscriber);
        }
    }

    /** The next subscriber that can take messages, or null. */
    @Nullable
    Subscriber nextReady() {
        Subscriber subscriber = ready.poll();
        if (subscriber != null) {
            subscriber.hookCalled();
        }
        return subscriber;
    }

    /** Whether the hook is busy. */
    boolean isRunning() {
        return running;
    }

    /** Calls the hook for the messages of a batch, if it has any. */
    void start(MessageBatch batch) {
        if (batch.size() == 0) {
            return;
        }
        try {
            batch.complete();
            new MessageCalls(calls, batch).start();
            running = true;
        } catch (Throwable e) {
            batch.fail();
            throw e;
        }
    }

    /** The hook is free for the next batch. */
    void finished() {
        running = false;
    }

    /** Frames of so many bytes that the hook made have been written, or dropped. */
    void written(long made) {
        if (made > 0) {
            calls.budget().remove(made);
        }
    }
}
