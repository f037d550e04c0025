package dev.tinysse.cluster.redis;

import dev.tinysse.broker.codec.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The messages of one channel in an entry of the log, on their way to Redis. For one thread. */
final class Part {
    private static final int ROOM = 1024;
    private static final byte[] EMPTY = new byte[0];

    private final int channel;
    private final List<Integer> offsets = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final ByteSink content = new ByteSink(ROOM);
    private boolean hasIds;

    /** Without messages. */
    Part(int channel) {
        this.channel = channel;
    }

    /**
     * Adds a message.
     *
     * @param offset how many publications of the entry come before it
     * @param id an id that a publisher chose, behind a =, or an empty text
     * @param from an array with the message in it
     */
    void add(int offset, String id, byte[] from, int at, int length) {
        offsets.add(offset);
        ids.add(id);
        hasIds |= !id.isEmpty();
        content.putCount(length);
        content.put(from, at, length);
    }

    /** The arguments of {@link Script#APPEND} for it. */
    List<byte[]> arguments(int publications) {
        return List.of(text(String.valueOf(channel)), text(String.valueOf(offsets.size())),
                text(String.valueOf(offsets.getLast())),
                offsets.size() == publications ? EMPTY : text(joined(offsets)),
                hasIds ? text(String.join("\n", ids)) : EMPTY, Arrays.copyOf(content.bytes(), content.length()));
    }

    private static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
