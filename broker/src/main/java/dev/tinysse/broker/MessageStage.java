package dev.tinysse.broker;

/**
 * Leads messages through the {@code message} hook, for the streams of one fan-out thread, which alone calls it. The hook
 * itself runs elsewhere, a batch of streams at a time.
 */
final class MessageStage {
    /** So many messages for one stream go through the hook together, and out in one write. */
    private static final int TOGETHER = 16;

    private final FanOutWorker worker;
    private final HookCalls calls;
    private final StreamFormat format;
    private boolean running;
    private long reached;

    MessageStage(FanOutWorker worker, HookCalls calls, StreamFormat format) {
        this.worker = worker;
        this.calls = calls;
        this.format = format;
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
        MessageBatch batch = new MessageBatch(calls, format, this::report);
        for (int i = 0; i < table.size(); i++) {
            Stream stream = table.get(i);
            if (stream.canTake()) {
                writer.take(stream, head, TOGETHER, entry -> {
                    stream.inHook = true;
                    batch.add(stream, entry);
                });
                reached = Math.min(reached, stream.cursor);
            }
        }
        if (!batch.isEmpty()) {
            running = true;
            batch.start();
        }
        return reached;
    }

    /** The hook is free for the next batch. */
    void finished() {
        running = false;
    }

    private void report(MessageBatch batch, int from, int to, boolean last) {
        worker.execute(() -> worker.here().passed(batch, from, to, last));
    }
}
