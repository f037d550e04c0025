package dev.tinysse.broker.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Passes messages through the {@code message} hook, for the streams of one fan-out thread, which alone calls it. The hook
 * itself runs elsewhere, a batch of streams at a time.
 */
final class MessageStage {
    /** Messages for one stream that go through the hook together, and out in one write. */
    private static final int TOGETHER = 16;
    /** The limit for their size, so that of large messages fewer do. */
    private static final int BYTES_TOGETHER = 64 * 1024;

    private final MessageCalls.Shared calls;
    private final MessageSource source;
    /** Streams that can take messages, beside those whose group waits. */
    private final Deque<Stream> ready = new ArrayDeque<>();
    private boolean running;

    MessageStage(MessageCalls.Shared calls, MessageSource source) {
        this.calls = calls;
        this.source = source;
    }

    /** A stream can take messages, whether or not its group waits. */
    void ready(Stream stream) {
        if (!stream.waiting) {
            stream.waiting = true;
            ready.add(stream);
        }
    }

    /** Whether the hook is busy. */
    boolean isRunning() {
        return running;
    }

    /**
     * Takes messages for each stream that can take some, and asks the hook.
     *
     * @param behind accepts streams that have to read the log
     * @return the messages that some stream could not take yet
     */
    Untaken start(StreamGroups groups, Consumer<Stream> behind) {
        Untaken left = Untaken.NOTHING;
        MessageBatch batch = new MessageBatch();
        for (StreamGroup group = groups.next(); group != null; group = groups.next()) {
            for (int i = group.size() - 1; i >= 0; i--) {
                left = take(group.get(i), batch, behind, left);
            }
        }
        for (Stream stream = ready.poll(); stream != null; stream = ready.poll()) {
            stream.waiting = false;
            left = take(stream, batch, behind, left);
        }
        if (batch.size() > 0) {
            start(batch);
        }
        return left;
    }

    private Untaken take(Stream stream, MessageBatch batch, Consumer<Stream> behind, Untaken left) {
        if (!stream.canTake()) {
            return left;
        }
        int max = stream.replay == null ? (int) Math.min(TOGETHER, stream.left()) : TOGETHER;
        source.take(stream, max, BYTES_TOGETHER, entry -> {
            stream.inHook++;
            batch.add(stream, entry);
        });
        if (stream.fellBehind) {
            behind.accept(stream);
        }
        return stream.replay == null ? left.orOf(stream) : left;
    }

    private void start(MessageBatch batch) {
        try {
            batch.complete();
            new MessageCalls(calls, batch).start();
            running = true;
        } catch (Throwable e) {
            for (int i = 0; i < batch.size(); i++) {
                batch.stream(i).inHook = 0;
            }
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
