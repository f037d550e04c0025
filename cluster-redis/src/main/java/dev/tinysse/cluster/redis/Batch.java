package dev.tinysse.cluster.redis;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.PublicationCodec;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Requests that are sent to Redis together. Written by the thread that appends; the requests in it may be read by any. */
final class Batch {
    private final long number;
    private final boolean withIds;
    private final List<Pending> requests = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, Integer> channels = new LinkedHashMap<>();
    private final List<byte[]> encoded = new ArrayList<>();
    private int publications;
    private long bytes;

    /**
     * A publication of the batch.
     *
     * @param request the number of its request, from 1 on
     * @param item its number in the request, from 0 on
     */
    record Sent(Pending pending, int request, int item) {}

    /**
     * An empty batch.
     *
     * @param withIds whether messages have ids
     */
    Batch(long number, boolean withIds) {
        this.number = number;
        this.withIds = withIds;
    }

    long number() {
        return number;
    }

    List<Pending> requests() {
        return requests;
    }

    int publications() {
        return publications;
    }

    long bytes() {
        return bytes;
    }

    boolean isDone() {
        return requests.stream().allMatch(Pending::isDone);
    }

    /** Adds a request, encoded by way of a sink. */
    void add(Pending pending, ByteSink sink) {
        Append append = pending.append();
        List<byte[]> texts = new ArrayList<>(5 + 3 * append.items().size());
        texts.add(text(String.valueOf(append.items().size())));
        if (append.key().isPresent()) {
            ResponseTemplate template = ResponseTemplate.of(append, withIds);
            texts.addAll(List.of(text(append.key().get().name()), text(append.key().get().digest()),
                    text(template.mark()), template.results()));
            bytes += template.results().length;
        } else {
            texts.addAll(List.of(EMPTY, EMPTY, EMPTY, EMPTY));
        }
        for (Append.Item item : append.items()) {
            Publication publication = item.publication();
            texts.add(text(String.valueOf(
                    channels.computeIfAbsent(publication.channel(), _ -> channels.size() + 1))));
            texts.add(publication.message().id().map(id -> text("=" + id)).orElse(EMPTY));
            sink.cut(0);
            PublicationCodec.put(sink, publication, item.attributes(), publication.message().id().isPresent());
            byte[] content = Arrays.copyOf(sink.bytes(), sink.length());
            bytes += content.length;
            texts.add(content);
        }
        encoded.addAll(texts);
        publications += append.items().size();
        requests.add(pending);
        for (int item = 0; item < append.items().size(); item++) {
            sent.add(new Sent(pending, requests.size(), item));
        }
    }

    /** The publications that Redis appends, in their order. */
    List<Sent> appended(Set<Integer> repeated) {
        return repeated.isEmpty()
                ? sent
                : sent.stream().filter(publication -> !repeated.contains(publication.request())).toList();
    }

    private static final byte[] EMPTY = new byte[0];

    private static byte[] text(String text) {
        return EngineConnection.bytes(text);
    }

    /** The keys of the channels' streams. */
    List<byte[]> streams(Keys keys) {
        return channels.keySet().stream().map(keys::stream).toList();
    }

    /** The last arguments of {@link Script#APPEND}: channels and requests. */
    List<byte[]> arguments() {
        List<byte[]> arguments = new ArrayList<>(encoded.size() + channels.size() + 2);
        arguments.add(text(String.valueOf(channels.size())));
        channels.keySet().forEach(name -> arguments.add(text(name)));
        arguments.add(text(String.valueOf(requests.size())));
        arguments.addAll(encoded);
        return arguments;
    }

    void fail(LogException why) {
        requests.forEach(request -> request.fail(why));
    }
}
