package dev.tinysse.broker.log;

import dev.tinysse.api.Message;
import dev.tinysse.api.Request;
import java.util.Map;

/** About how many bytes of the heap a kept record takes. */
final class RecordSize {
    /** Record, publication, message, and a place in two arrays that are not full. */
    private static final int RECORD = 140;
    private static final int REQUEST = 48;
    private static final int STRING = 40;
    /** An entry of a map, the object, and its array. */
    private static final int CHANNEL = 200;

    private RecordSize() {}

    static int ofMessage(LogRecord record) {
        Message message = record.publication().message();
        long size = (long) RECORD + message.id().map(RecordSize::of).orElse(0)
                + message.event().map(RecordSize::of).orElse(0)
                + message.data().map(RecordSize::of).orElse(0) + record.attributes().map(RecordSize::of).orElse(0);
        for (String comment : message.comments()) {
            size += of(comment);
        }
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

    /** How much text a record has, for the size of a page. */
    static int text(LogRecord record) {
        Message message = record.publication().message();
        int length = message.data().map(String::length).orElse(0) + message.event().map(String::length).orElse(0);
        for (String comment : message.comments()) {
            length += comment.length();
        }
        return length + REQUEST;
    }

    private static int of(String text) {
        return STRING + (isLatin(text) ? text.length() : 2 * text.length());
    }

    private static boolean isLatin(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }
}
