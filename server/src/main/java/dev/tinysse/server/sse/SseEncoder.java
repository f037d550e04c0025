package dev.tinysse.server.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.Message;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Writes messages in the grammar of <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML section
 * 9.2.5</a>, in UTF-8. Pure functions.
 *
 * <p>The fields come in the order id, event, data, comments; each line of a text is a line of its own, whether it ends with LF,
 * CR or CRLF. One space follows each colon, so that a leading space of the text survives the parser, which drops one.
 */
public final class SseEncoder {
    private static final byte[] ID = "id: ".getBytes(UTF_8);
    private static final byte[] EVENT = "event: ".getBytes(UTF_8);
    private static final byte[] DATA = "data: ".getBytes(UTF_8);
    private static final byte[] COMMENT = ": ".getBytes(UTF_8);

    private SseEncoder() {}

    /**
     * One event with the blank line that ends it.
     *
     * @param message not empty
     * @return the bytes
     */
    public static byte[] encode(Message message) {
        Output out = new Output(size(message));
        write(message, out);
        return out.toByteArray();
    }

    /**
     * A comment with the blank line that ends it.
     *
     * @param text may have several lines
     * @return the bytes
     */
    public static byte[] comment(String text) {
        Output out = new Output(16 + text.length());
        lines(COMMENT, text, out);
        out.write('\n');
        return out.toByteArray();
    }

    /**
     * The reconnection delay, with the blank line that ends it.
     *
     * @param millis at least 0
     * @return the bytes
     */
    public static byte[] retry(long millis) {
        return ("retry: " + millis + "\n\n").getBytes(UTF_8);
    }

    /**
     * A comment and the reconnection delay, as one event.
     *
     * @param comment one line
     * @param millis at least 0
     * @return the bytes
     */
    public static byte[] retry(String comment, long millis) {
        return (": " + comment + "\nretry: " + millis + "\n\n").getBytes(UTF_8);
    }

    /** {@return how many bytes a message takes if it is in ASCII and its texts have one line each} */
    private static int size(Message message) {
        int size = size(ID, message.id()) + size(EVENT, message.event()) + size(DATA, message.data()) + 1;
        for (String comment : message.comments()) {
            size += COMMENT.length + comment.length() + 1;
        }
        return size;
    }

    private static int size(byte[] field, Optional<String> text) {
        return text.isPresent() ? field.length + text.get().length() + 1 : 0;
    }

    private static void write(Message message, Output out) {
        message.id().ifPresent(id -> out.line(ID, id));
        message.event().ifPresent(event -> out.line(EVENT, event));
        message.data().ifPresent(data -> lines(DATA, data, out));
        for (String comment : message.comments()) {
            lines(COMMENT, comment, out);
        }
        out.write('\n');
    }

    private static void lines(byte[] field, String text, Output out) {
        int from = 0;
        int lineFeed = next(text, '\n', 0);
        int carriageReturn = next(text, '\r', 0);
        while (lineFeed < text.length() || carriageReturn < text.length()) {
            int end = Math.min(lineFeed, carriageReturn);
            out.line(field, text.substring(from, end));
            from = text.startsWith("\r\n", end) ? end + 2 : end + 1;
            lineFeed = lineFeed < from ? next(text, '\n', from) : lineFeed;
            carriageReturn = carriageReturn < from ? next(text, '\r', from) : carriageReturn;
        }
        out.line(field, text.substring(from));
    }

    private static int next(String text, char wanted, int from) {
        int at = text.indexOf(wanted, from);
        return at < 0 ? text.length() : at;
    }

    private static final class Output extends ByteArrayOutputStream {
        Output(int size) {
            super(size);
        }

        /** {@return what has been written, after which nothing may be} */
        @Override
        public byte[] toByteArray() {
            return count == buf.length ? buf : super.toByteArray();
        }

        void line(byte[] field, String text) {
            writeBytes(field);
            writeBytes(text.getBytes(UTF_8));
            write('\n');
        }
    }
}
