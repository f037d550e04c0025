package dev.tinysse.broker;

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
    private boolean running;
    private long reached;

    MessageStage(FanOutWorker worker, HookCalls hooks, StreamFormat format, FrameBudget budget) {
        this.calls = new MessageCalls.Shared(hooks, format, budget, (batch, from, to, last, made) -> worker
                .execute(() -> worker.streams().passed(batch, from, to, last, made)));
    }

    /**
     * Takes messages for each stream that can take some, and asks the hook, unless it is still busy with others.
     *
     * @return the message before which everything has been taken for all streams that can take it
     */
    long start(long head, StreamTable table, StreamWriter writer) {
        if (running) {
            return reached;
        }
        reached = head;
        MessageBatch batch = new MessageBatch();
        for (int i = 0; i < table.size(); i++) {
            Stream stream = table.get(i);
            if (stream.canTake()) {
                writer.take(stream, head, TOGETHER, BYTES_TOGETHER, entry -> {
                    stream.inHook++;
                    batch.add(stream, entry);
                });
                reached = Math.min(reached, stream.cursor);
            }
        }
        if (batch.size() > 0) {
            start(batch);
        }
        return reached;
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
