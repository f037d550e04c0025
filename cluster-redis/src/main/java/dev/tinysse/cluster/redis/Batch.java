package dev.tinysse.cluster.redis;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.PublicationCodec;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Requests that are sent to Redis together, in groups, each of which is appended or not: a request with a key is a group of its own. Written
 * by the thread that appends; what is in it may be read by any.
 */
final class Batch {
    private static final byte[] EMPTY = new byte[0];

    private final long number;
    private final boolean withIds;
    private final List<Pending> requests = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> channels = new LinkedHashMap<>();
    private int publications;
    private long bytes;

    /** A publication of the batch; the item is numbered from 0 on. */
    record Sent(Pending pending, int item) {}

    /** Requests, the arguments that tell of their key, and their entries of the log. */
    private record Group(List<Pending> requests, boolean hasKey, List<byte[]> key, List<Entry> entries) {}

    /** Publications that become an entry of the log, in parts by channel. */
    private record Entry(List<Sent> sent, Map<Integer, Part> parts) {
        static final int MAX_PUBLICATIONS = 500;

        Entry() {
            this(new ArrayList<>(), new LinkedHashMap<>());
        }

        boolean isFull() {
            return sent.size() == MAX_PUBLICATIONS;
        }
    }

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
        int[] ends = encode(append.items(), sink);
        Group group = group(append);
        int begin = 0;
        for (int item = 0; item < ends.length; item++) {
            Publication publication = append.items().get(item).publication();
            int channel = channels.computeIfAbsent(publication.channel(), _ -> channels.size() + 1);
            Entry entry = entry(group);
            entry.parts().computeIfAbsent(channel, Part::new).add(entry.sent().size(),
                    publication.message().id().map(id -> "=" + id).orElse(""), sink.bytes(), begin,
                    ends[item] - begin);
            entry.sent().add(new Sent(pending, item));
            begin = ends[item];
        }
        bytes += begin;
        publications += ends.length;
        group.requests().add(pending);
        requests.add(pending);
    }

    /** Where each item ends in the sink. */
    private static int[] encode(List<Append.Item> items, ByteSink sink) {
        int[] ends = new int[items.size()];
        sink.cut(0);
        for (int i = 0; i < ends.length; i++) {
            Publication publication = items.get(i).publication();
            PublicationCodec.put(sink, publication, items.get(i).attributes(), publication.message().id().isPresent());
            ends[i] = sink.length();
        }
        return ends;
    }

    private Group group(Append append) {
        if (append.key().isEmpty() && !groups.isEmpty() && !groups.getLast().hasKey()) {
            return groups.getLast();
        }
        List<byte[]> key = List.of(EMPTY, EMPTY, EMPTY, EMPTY);
        if (append.key().isPresent()) {
            ResponseTemplate template = ResponseTemplate.of(append, withIds);
            key = List.of(text(append.key().get().name()), text(append.key().get().digest()), text(template.mark()),
                    template.results());
            bytes += template.results().length;
        }
        groups.add(new Group(new ArrayList<>(), append.key().isPresent(), key, new ArrayList<>()));
        return groups.getLast();
    }

    private Entry entry(Group group) {
        if (group.entries().isEmpty() || group.entries().getLast().isFull()) {
            Entry entry = new Entry();
            group.entries().add(entry);
            entries.add(entry);
        }
        return group.entries().getLast();
    }

    /** The publications of an entry, numbered from 0 on, in their order. */
    List<Sent> entry(int entry) {
        return entries.get(entry).sent();
    }

    /** The requests of each group. */
    List<List<Pending>> groups() {
        return groups.stream().map(Group::requests).toList();
    }

    private static byte[] text(String text) {
        return EngineConnection.bytes(text);
    }

    private static byte[] text(int number) {
        return text(String.valueOf(number));
    }

    /** The keys of the channels' streams. */
    List<byte[]> streams(Keys keys) {
        return channels.keySet().stream().map(keys::stream).toList();
    }

    /** The last arguments of {@link Script#APPEND}: channels and groups. */
    List<byte[]> arguments() {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(text(channels.size()));
        channels.keySet().forEach(name -> arguments.add(text(name)));
        arguments.add(text(groups.size()));
        for (Group group : groups) {
            arguments.addAll(group.key());
            arguments.add(text(group.entries().size()));
            for (Entry entry : group.entries()) {
                arguments.add(text(entry.sent().size()));
                arguments.add(text(entry.parts().size()));
                entry.parts().values().forEach(part -> arguments.addAll(part.arguments(entry.sent().size())));
            }
        }
        return arguments;
    }

    /** Ends requests whose time is up at a moment of {@link System#nanoTime}. */
    void endOverdue(long now) {
        requests.forEach(request -> request.endIfOverdue(now));
    }

    void fail(LogException why) {
        requests.forEach(request -> request.fail(why));
    }
}
