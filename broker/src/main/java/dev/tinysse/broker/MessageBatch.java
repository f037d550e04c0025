package dev.tinysse.broker;

import dev.tinysse.api.Message;
import java.io.IOException;
import java.util.Arrays;

/**
 * A few messages for each of many streams, on the way through the {@code message} hook. One virtual thread runs the calls, one
 * after the other; when one of them is about to wait, the other streams go on with another thread, and the waiting one ends
 * with the calls for its stream. So at any moment one thread, the runner, owns the streams that are not reported yet.
 */
final class MessageBatch implements Runnable {
    private static final int CHUNK = 128;
    private static final ThreadLocal<MessageBatch> CURRENT = new ThreadLocal<>();

    /**
     * Hears of calls that have returned: those from one number up to another, with all that there are of a stream. With the
     * last report no stream is left to begin with, but some that wait may still return.
     */
    interface Report {
        void passed(MessageBatch batch, int from, int to, boolean last);
    }

    private final HookCalls calls;
    private final StreamFormat format;
    private final Report report;
    private Stream[] streams = new Stream[32];
    private Entry[] entries = new Entry[32];
    /** What the hook makes of each message: its own frame as it is, another one, or null for nothing to send. */
    private byte[][] frames;
    private int size;
    /** The calls for the stream that is under way, up to the next one's. */
    private int current;
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

    /** Where the calls for the stream end of which this is one. */
    int end(int number) {
        int end = number + 1;
        while (end < size && streams[end] == streams[number]) {
            end++;
        }
        return end;
    }

    boolean isEmpty() {
        return size == 0;
    }

    Stream stream(int number) {
        return streams[number];
    }

    /** Writes what the hook made of the messages for a stream, whose calls begin with this one. */
    void write(int first, StreamWriter writer) throws IOException {
        int end = end(first);
        if (end == first + 1 && frames[first] == entries[first].frame) {
            writer.writeTaken(streams[first], entries[first]);
            return;
        }
        for (int i = first; i < end; i++) {
            if (frames[i] != null) {
                streams[first].add(frames[i]);
            }
        }
        writer.flush(streams[first]);
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
        int enough = Math.min(size, next + CHUNK);
        while (next < enough) {
            int from = next;
            int to = end(from);
            current = from;
            next = to;
            for (int number = from; number < to; number++) {
                frames[number] = call(number);
            }
            if (!isMine()) {
                report.passed(this, from, to, false);
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

    /** The thread that is going to wait reports for its stream when all calls for that have returned. */
    private void handOver() {
        boolean last = next == size;
        reportUpTo(current, last);
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
