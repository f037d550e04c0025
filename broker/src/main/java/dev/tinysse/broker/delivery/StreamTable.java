package dev.tinysse.broker.delivery;

import java.util.Arrays;

/** The streams of a fan-out thread in no particular order, without empty slots. That thread alone touches it. */
final class StreamTable {
    private Stream[] streams = new Stream[64];
    private int size;

    int size() {
        return size;
    }

    Stream get(int index) {
        return streams[index];
    }

    /** All of them, to be used before any is added or removed. */
    java.util.stream.Stream<Stream> stream() {
        return Arrays.stream(streams, 0, size);
    }

    void add(Stream stream) {
        if (size == streams.length) {
            streams = Arrays.copyOf(streams, 2 * size);
        }
        stream.index = size;
        streams[size++] = stream;
    }

    /** Takes a stream out; the last one moves into its place. */
    void remove(Stream stream) {
        Stream last = streams[--size];
        streams[stream.index] = last;
        last.index = stream.index;
        streams[size] = null;
    }
}
