package dev.tinysse.broker.log.memory;

import dev.tinysse.api.Message;
import dev.tinysse.api.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** About how many bytes of the heap a stored record takes. */
final class RecordSize {
    /** A record's places in arrays that are not full. */
    static final int RECORD = 90;
    /** The size of a record that is an object of its own, beside those places. */
    private static final int OBJECTS = 56;
    static final int REQUEST = 48;
    private static final int MESSAGE = 24;
    private static final int STRING = 40;
    /** An entry of a map, the objects, and their arrays. */
    private static final int CHANNEL = 240;

    private RecordSize() {}

    private static long of(Message message) {
        long size = (long) MESSAGE + message.id().map(RecordSize::of).orElse(0)
                + message.event().map(RecordSize::of).orElse(0) + message.data().map(RecordSize::of).orElse(0);
        for (String comment : message.comments()) {
            size += of(comment);
        }
        return size;
    }

    /** A record of which some is not data. */
    static int ofWhole(Message message, Optional<String> attributes) {
        long size = RECORD + OBJECTS + of(message) + attributes.map(RecordSize::of).orElse(0);
        return (int) Math.min(Integer.MAX_VALUE / 2, size);
    }

    static int ofRequest(Request request) {
        int size = REQUEST + of(request.method()) + of(request.uri()) + of(request.path()) + of(request.query())
                + of(request.ip());
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            size += 16 + of(header.getKey()) + of(header.getValue());
        }
        return size;
    }

    static int ofChannel(String name) {
        return CHANNEL + of(name);
    }

    private static int of(String text) {
        return STRING + text.getBytes(StandardCharsets.UTF_8).length; // which the JVM makes faster than a loop that looks
    }
}
