package dev.tinysse.broker.log;

import dev.tinysse.api.Message;
import dev.tinysse.api.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** About how many bytes of the heap a kept record takes. */
final class RecordSize {
    /** A record with data alone, but for the text, and a place in two arrays that are not full. */
    static final int RECORD = 110;
    static final int REQUEST = 48;
    private static final int MESSAGE = 24;
    private static final int STRING = 40;
    /** An entry of a map, the object, and its array. */
    private static final int CHANNEL = 200;

    private RecordSize() {}

    static long of(Message message) {
        long size = (long) MESSAGE + message.id().map(RecordSize::of).orElse(0)
                + message.event().map(RecordSize::of).orElse(0) + message.data().map(RecordSize::of).orElse(0);
        for (String comment : message.comments()) {
            size += of(comment);
        }
        return size;
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

    /** How much text a record has, for the size of a page. */
    static int text(Message message) {
        int length = message.data().map(String::length).orElse(0) + message.event().map(String::length).orElse(0);
        for (String comment : message.comments()) {
            length += comment.length();
        }
        return length + REQUEST;
    }

    static int of(String text) {
        return STRING + text.getBytes(StandardCharsets.UTF_8).length; // which the JVM makes faster than a loop that looks
    }
}
