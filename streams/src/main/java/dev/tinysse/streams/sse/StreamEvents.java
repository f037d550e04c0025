package dev.tinysse.streams.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.streams.model.Offset;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Writes the events of section 5.8 of the protocol. The lines come in the order id, event, data. No space follows the colon of a
 * {@code data:} line, but where the line itself begins with one, for parsers drop one. Pure functions.
 */
public final class StreamEvents {
    private static final byte[] ID = "id: ".getBytes(US_ASCII);
    private static final byte[] DATA = "data:".getBytes(US_ASCII);
    private static final byte[] DATA_EVENT = "event: data\n".getBytes(US_ASCII);
    private static final byte[] CONTROL_EVENT = "event: control\ndata:".getBytes(US_ASCII);

    private StreamEvents() {}

    /** The form of the bytes of a stream in its events. */
    public enum Form {
        /** Lines of text. */
        TEXT,
        /** One message of JSON, in an array for clients that speak the protocol. */
        JSON,
        /** Base64. */
        BINARY
    }

    /**
     * Writes an event with data.
     *
     * @param out where to
     * @param after the offset behind the data
     * @param form of the bytes
     * @param plain whether the client does not speak the protocol: the event has no name, and a message of JSON is in no array
     * @param bytes have the data from {@code from} to {@code end}; of JSON one message without its comma
     */
    public static void data(ByteArrayOutputStream out, Offset after, Form form, boolean plain, byte[] bytes, int from,
            int end) {
        id(out, after);
        if (!plain) {
            out.writeBytes(DATA_EVENT);
        }
        switch (form) {
            case TEXT -> lines(out, bytes, from, end, "", "");
            case JSON -> lines(out, bytes, from, end, plain ? "" : "[", plain ? "" : "]");
            case BINARY -> {
                byte[] base64 = Base64.getEncoder().encode(Arrays.copyOfRange(bytes, from, end));
                lines(out, base64, 0, base64.length, "", "");
            }
        }
        out.write('\n');
    }

    private static void lines(ByteArrayOutputStream out, byte[] text, int from, int end, String before,
            String behind) {
        int start = from;
        boolean first = true;
        for (int i = from; i <= end; i++) {
            if (i < end && text[i] != '\n' && text[i] != '\r') {
                continue;
            }
            out.writeBytes(DATA);
            if (first) {
                out.writeBytes(before.getBytes(US_ASCII));
            }
            if (start < i && text[start] == ' ' && (!first || before.isEmpty())) {
                out.write(' ');
            }
            out.write(text, start, i - start);
            if (i == end) {
                out.writeBytes(behind.getBytes(US_ASCII));
            } else if (text[i] == '\r' && i + 1 < end && text[i + 1] == '\n') {
                i++;
            }
            out.write('\n');
            start = i + 1;
            first = false;
        }
    }

    /**
     * Writes an event that says where the client is.
     *
     * @param out where to
     * @param next the offset to go on from
     * @param cursor for caches; empty if the stream has ended
     * @param upToDate whether that is the tail
     * @param closed whether nothing follows any more
     */
    public static void control(ByteArrayOutputStream out, Offset next, Optional<String> cursor, boolean upToDate,
            boolean closed) {
        id(out, next);
        out.writeBytes(CONTROL_EVENT);
        StringBuilder json = new StringBuilder(120).append("{\"streamNextOffset\":\"").append(next).append('"');
        cursor.ifPresent(text -> json.append(",\"streamCursor\":\"").append(text).append('"'));
        if (upToDate) {
            json.append(",\"upToDate\":true");
        }
        if (closed) {
            json.append(",\"streamClosed\":true");
        }
        out.writeBytes(json.append("}\n\n").toString().getBytes(US_ASCII));
    }

    /**
     * The end of an event stream that the client opens again.
     *
     * @param millis delay of the client
     */
    public static byte[] retry(long millis) {
        return (": timeout\nretry: " + millis + "\n\n").getBytes(US_ASCII);
    }

    /** {@return a comment that keeps a connection alive} */
    public static byte[] comment(String text) {
        return (": " + text + "\n\n").getBytes(UTF_8);
    }

    private static void id(ByteArrayOutputStream out, Offset offset) {
        out.writeBytes(ID);
        out.writeBytes(offset.toString().getBytes(US_ASCII));
        out.write('\n');
    }
}
