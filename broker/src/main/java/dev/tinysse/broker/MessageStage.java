package dev.tinysse.broker;

/**
 * Leads messages through the {@code message} hook, for the streams of one fan-out thread, which alone calls it. The hook
 * itself runs elsewhere, a batch of streams at a time.
 */
final class MessageStage {
    private final FanOutWorker worker;
    private final HookCalls calls;
    private final StreamFormat format;
    private boolean running;

    MessageStage(FanOutWorker worker, HookCalls calls, StreamFormat format) {
        this.worker = worker;
        this.calls = calls;
        this.format = format;
    }

    /** Takes one message for each stream that can take one, and asks the hook, unless it is still busy with others. */
    void start(long head, Stream[] table, int size, StreamWriter writer) {
        if (running) {
            return;
        }
        MessageBatch batch = new MessageBatch(calls, format, this::report);
        for (int i = 0; i < size; i++) {
            Stream stream = table[i];
            if (stream.canTake()) {
                Entry entry = writer.take(stream, head);
                if (entry != null) {
                    stream.inHook = true;
                    batch.add(stream, entry);
                }
            }
        }
        if (!batch.isEmpty()) {
            running = true;
            batch.start();
        }
    }

    /** The hook is free for the next batch. */
    void finished() {
        running = false;
    }

    private void report(MessageBatch batch, int from, int to, boolean last) {
        worker.execute(() -> worker.here().passed(batch, from, to, last));
    }
}
