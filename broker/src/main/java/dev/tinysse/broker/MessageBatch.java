package dev.tinysse.broker;

import dev.tinysse.api.Message;
import java.util.Arrays;

/**
 * One message for each of many streams, on the way through the {@code message} hook. One virtual thread runs the calls, one
 * after the other; when one of them is about to wait, the rest goes on with another thread, and the waiting one ends with its
 * call. So at any moment one thread, the runner, owns what is not reported yet.
 */
final class MessageBatch implements Runnable {
    private static final int CHUNK = 128;
    private static final ThreadLocal<MessageBatch> CURRENT = new ThreadLocal<>();

    /**
     * Hears of calls that have returned: those from one number up to another. With the last report no call is left to be
     * made, but some that wait may still return.
     */
    interface Report {
        void passed(MessageBatch batch, int from, int to, boolean last);
    }

    private final HookCalls calls;
    private final StreamFormat format;
    private final Report report;
    private Stream[] streams = new Stream[32];
    private Entry[] entries = new Entry[32];
    private byte[][] frames;
    private int size;
    private int next;
    private int reported;
    private volatile Thread runner;

    MessageBatch(HookCalls calls, StreamFormat format, Report report) {
        this.calls = calls;
        this.format = format;
        this.report = report;
    }

    /** Says that the call on this thread is going to wait. Does nothing on a thread that makes no such call. */
    static void aboutToWait() {
        MessageBatch batch = CURRENT.get();
        if (batch != null && batch.isMine()) {
            batch.handOver();
        }
    }

    void add(Stream stream, Entry entry) {
        if (size == streams.length) {
            streams = Arrays.copyOf(streams, 2 * size);
            entries = Arrays.copyOf(entries, 2 * size);
        }
        streams[size] = stream;
        entries[size++] = entry;
    }

    boolean isEmpty() {
        return size == 0;
    }

    Stream stream(int number) {
        return streams[number];
    }

    Entry entry(int number) {
        return entries[number];
    }

    /** What the hook made of the message: its own frame as it is, another one, or null for nothing to send. */
    byte[] frame(int number) {
        return frames[number];
    }

    void start() {
        frames = new byte[size][];
        goOn();
    }

    private void goOn() {
        runner = Thread.ofVirtual().name("tinysse-message").unstarted(this);
        runner.start();
    }

    @Override
    public void run() {
        CURRENT.set(this);
        while (isMine() && next < size) {
            int before = next;
            calls.batch(this::chunk);
            if (isMine()) {
                if (next == before) {
                    next = size; // the hooks refuse to be called: there is nothing to send to anybody
                }
                reportUpTo(next, next == size);
            }
        }
    }

    private boolean isMine() {
        return runner == Thread.currentThread();
    }

    private void chunk() {
        int end = Math.min(size, next + CHUNK);
        while (next < end) {
            int number = next++;
            frames[number] = call(number);
            if (!isMine()) {
                report.passed(this, number, number + 1, false);
                return;
            }
        }
    }

    private byte[] call(int number) {
        Entry entry = entries[number];
        Message message = calls.message(entry.publication, streams[number].subscription);
        if (message == entry.publication.message()) {
            return entry.frame;
        }
        return message.isEmpty() ? null : format.message(message);
    }

    /** The call that is going to wait reports for itself when it returns. */
    private void handOver() {
        boolean last = next == size;
        reportUpTo(next - 1, last);
        reported = next;
        if (last) {
            runner = null;
        } else {
            goOn();
        }
    }

    private void reportUpTo(int end, boolean last) {
        if (end > reported || last) {
            report.passed(this, reported, end, last);
            reported = end;
        }
    }
}
