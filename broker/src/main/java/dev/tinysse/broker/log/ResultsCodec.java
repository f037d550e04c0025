package dev.tinysse.broker.log;

import dev.tinysse.api.Refusal;
import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.ByteSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of a request as bytes, for logs that store them. Equal results next to each other, and those whose ids have consecutive
 * positions, take as much as one: the results of 10,000 messages are some dozen bytes. Headers of refusals are not written, since a
 * response that is stored has none. Pure functions.
 */
public final class ResultsCodec {
    private static final int INITIAL = 64;
    private static final int ACCEPTED = 0;
    private static final int EMPTY = 1;
    private static final int REJECTED = 2;
    /** More than a request has, and few enough for the heap: a count of malformed bytes may be any number. */
    private static final int MAX_RESULTS = 1 << 20;

    private ResultsCodec() {}

    /** {@return the results as bytes} */
    public static byte[] encode(List<PublishResult> results) {
        ByteSink sink = new ByteSink(INITIAL);
        int from = 0;
        while (from < results.size()) {
            int to = from + 1;
            PublishResult next = following(results.get(from));
            while (to < results.size() && results.get(to).equals(next)) {
                next = following(next);
                to++;
            }
            sink.putCount(to - from);
            put(sink, results.get(from));
            from = to;
        }
        return Arrays.copyOf(sink.bytes(), sink.length());
    }

    /**
     * Decodes results.
     *
     * @param bytes that {@link #encode} has returned
     * @return the results
     * @throws IllegalArgumentException if the bytes are none of {@link #encode}
     */
    public static List<PublishResult> decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes, 0);
        List<PublishResult> results = new ArrayList<>();
        try {
            while (source.at() < bytes.length) {
                add(results, source.getCount(), get(source));
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("stored results are cut off: bytes=" + bytes.length, e);
        }
        return results;
    }

    /** Adds so many equal or consecutive results. */
    private static void add(List<PublishResult> results, int count, PublishResult first) {
        if (count < 1 || count > MAX_RESULTS - results.size()) {
            throw new IllegalArgumentException("no request has so many results: count=" + count);
        }
        PublishResult result = first;
        for (int i = 0; i < count; i++) {
            results.add(result);
            result = following(result);
        }
    }

    /** The result that needs no bytes of its own behind this one: the same, with the next position in its id. */
    private static PublishResult following(PublishResult result) {
        if (result instanceof PublishResult.Accepted(int queued, int subscribers, Optional<String> id)
                && id.isPresent()) {
            Optional<EventId> parsed = EventId.parse(id.get());
            if (parsed.isPresent() && parsed.get().position() < Long.MAX_VALUE
                    && parsed.get().equals(EventId.of(parsed.get().epoch(), parsed.get().position()))) {
                return new PublishResult.Accepted(queued, subscribers,
                        Optional.of(EventId.of(parsed.get().epoch(), parsed.get().position() + 1).toString()));
            }
        }
        return result;
    }

    private static void put(ByteSink sink, PublishResult result) {
        switch (result) {
            case PublishResult.Accepted(int queued, int subscribers, Optional<String> id) -> {
                sink.putByte(ACCEPTED);
                sink.putCount(queued);
                sink.putCount(subscribers);
                put(sink, id);
            }
            case PublishResult.Empty(int queued) -> {
                sink.putByte(EMPTY);
                sink.putCount(queued);
                sink.putCount(0); // the format has the fields of an accepted one
                put(sink, Optional.empty());
            }
            case PublishResult.Rejected(Refusal refusal) -> {
                sink.putByte(REJECTED);
                sink.putCount(refusal.status());
                put(sink, refusal.error());
            }
        }
    }

    private static void put(ByteSink sink, Optional<String> text) {
        sink.putByte(text.isPresent() ? 1 : 0);
        text.ifPresent(sink::putText);
    }

    private static PublishResult get(ByteSource source) {
        int kind = source.getByte();
        return switch (kind) {
            case ACCEPTED -> accepted(source);
            case EMPTY -> new PublishResult.Empty(accepted(source).queued());
            case REJECTED -> new PublishResult.Rejected(new Refusal(source.getCount(), text(source), Map.of()));
            default -> throw new IllegalArgumentException("no result has this kind: kind=" + kind);
        };
    }

    private static PublishResult.Accepted accepted(ByteSource source) {
        return new PublishResult.Accepted(source.getCount(), source.getCount(), text(source));
    }

    private static Optional<String> text(ByteSource source) {
        return source.getText(source.getByte() == 1);
    }
}
