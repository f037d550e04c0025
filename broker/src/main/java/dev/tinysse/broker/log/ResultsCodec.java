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
    private static final int REFUSED = 2;

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

    /** {@return the results that were encoded} */
    public static List<PublishResult> decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes, 0);
        List<PublishResult> results = new ArrayList<>();
        while (source.at() < bytes.length) {
            int count = source.getCount();
            PublishResult result = get(source);
            for (int i = 0; i < count; i++) {
                results.add(result);
                result = following(result);
            }
        }
        return results;
    }

    /** The result that needs no bytes of its own behind this one: the same, with the next position in its id. */
    private static PublishResult following(PublishResult result) {
        if (result instanceof PublishResult.Accepted(Receipt(int queued, int subscribers, Optional<String> id))
                && id.isPresent()) {
            Optional<EventId> parsed = EventId.parse(id.get());
            if (parsed.isPresent() && parsed.get().position() < Long.MAX_VALUE
                    && parsed.get().equals(EventId.of(parsed.get().epoch(), parsed.get().position()))) {
                return new PublishResult.Accepted(new Receipt(queued, subscribers,
                        Optional.of(EventId.of(parsed.get().epoch(), parsed.get().position() + 1).toString())));
            }
        }
        return result;
    }

    private static void put(ByteSink sink, PublishResult result) {
        switch (result) {
            case PublishResult.Accepted(Receipt receipt) -> put(sink, ACCEPTED, receipt);
            case PublishResult.Empty(Receipt receipt) -> put(sink, EMPTY, receipt);
            case PublishResult.Refused(Refusal refusal) -> {
                sink.putByte(REFUSED);
                sink.putCount(refusal.status());
                put(sink, refusal.error());
            }
        }
    }

    private static void put(ByteSink sink, int kind, Receipt receipt) {
        sink.putByte(kind);
        sink.putCount(receipt.queued());
        sink.putCount(receipt.subscribers());
        put(sink, receipt.id());
    }

    private static void put(ByteSink sink, Optional<String> text) {
        sink.putByte(text.isPresent() ? 1 : 0);
        text.ifPresent(sink::putText);
    }

    private static PublishResult get(ByteSource source) {
        int kind = source.getByte();
        return switch (kind) {
            case ACCEPTED -> new PublishResult.Accepted(receipt(source));
            case EMPTY -> new PublishResult.Empty(receipt(source));
            case REFUSED -> new PublishResult.Refused(new Refusal(source.getCount(), text(source), Map.of()));
            default -> throw new IllegalArgumentException("no result has this kind: kind=" + kind);
        };
    }

    private static Receipt receipt(ByteSource source) {
        return new Receipt(source.getCount(), source.getCount(), text(source));
    }

    private static Optional<String> text(ByteSource source) {
        return source.getText(source.getByte() == 1);
    }
}
