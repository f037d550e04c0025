package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.Entry;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A few messages for each of many streams, and what the {@code message} hook makes of them. Filled by the fan-out thread; then
 * of each message first the thread that calls the hook, and from its report on the fan-out thread again.
 */
final class MessageBatch {
    private Stream[] streams;
    private Entry[] entries;
    /** The hook's result for each message: the message's own frame, another one, or null for nothing to send. */
    private byte[][] frames;
    private int size;
    /** Whether the hook has made a frame; then all of them count as made for one stream alone. */
    private volatile boolean made;

    MessageBatch() {
        this(new Stream[32], new Entry[32], 0);
    }

    private MessageBatch(Stream[] streams, Entry[] entries, int size) {
        this.streams = streams;
        this.entries = entries;
        this.size = size;
        this.frames = new byte[size][];
    }

    void add(Stream stream, Entry entry) {
        if (size == streams.length) {
            streams = Arrays.copyOf(streams, 2 * size);
            entries = Arrays.copyOf(entries, 2 * size);
        }
        streams[size] = stream;
        entries[size++] = entry;
    }

    /** Makes room for the results, once all messages have been added. */
    void complete() {
        frames = new byte[size][];
    }

    /** A batch of these messages alone, for none of which the hook has been called. */
    MessageBatch copy(int from, int to) {
        return new MessageBatch(Arrays.copyOfRange(streams, from, to), Arrays.copyOfRange(entries, from, to),
                to - from);
    }

    int size() {
        return size;
    }

    Stream stream(int number) {
        return streams[number];
    }

    Entry entry(int number) {
        return entries[number];
    }

    /** The end of the messages for the stream of this one. */
    int end(int number) {
        int end = number + 1;
        while (end < size && streams[end] == streams[number]) {
            end++;
        }
        return end;
    }

    /** Stores the hook's result for a message, and whether that is what all streams share. */
    void result(int number, byte[] frame, boolean shared) {
        frames[number] = frame;
        made |= frame != null && !shared;
    }

    /** Writes the hook's results for one stream, and drops them. */
    void write(int from, int to, StreamWriter writer) throws IOException {
        Stream stream = streams[from];
        for (int i = from; i < to; i++) {
            if (frames[i] == null) {
                entries[i].skipped();
                continue;
            }
            byte[] bytes = writer.madeOf(entries[i], stream, frames[i]);
            if (entries[i].notice) {
                stream.output().addNotice(bytes, Optional.empty());
            } else if (stream.replay == null) {
                stream.output().add(bytes);
            } else {
                stream.output().addReplayed(bytes);
            }
        }
        drop(from, to);
        if (made) {
            writer.flushOwn(stream);
        } else {
            writer.flush(stream);
        }
    }

    /** Drops the hook's results. */
    void drop(int from, int to) {
        Arrays.fill(frames, from, to, null);
    }
}
