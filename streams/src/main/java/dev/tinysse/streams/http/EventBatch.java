package dev.tinysse.streams.http;

import dev.tinysse.streams.json.JsonMessages;
import dev.tinysse.streams.log.Page;
import dev.tinysse.streams.log.StreamView;
import dev.tinysse.streams.model.ContentType;
import dev.tinysse.streams.sse.StreamEvents;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Makes the events of pages: of JSON one for each message, of other types one for each append, and behind each one that says where the
 * client is, unless the client does not speak the protocol. Pure functions.
 *
 * @param plain whether it does not
 */
record EventBatch(boolean plain) {
    /** The form of the bytes of a type in events. */
    static StreamEvents.Form form(ContentType type) {
        if (type.isJson()) {
            return StreamEvents.Form.JSON;
        }
        return type.isText() ? StreamEvents.Form.TEXT : StreamEvents.Form.BINARY;
    }

    /**
     * The events of a page.
     *
     * @param page with the ends of appends
     * @param cursor for caches
     */
    byte[] of(Page page, String cursor) {
        byte[] bytes = page.toArray();
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + 2 * bytes.length);
        StreamEvents.Form form = form(page.stream().config().type());
        int at = 0;
        for (long appendEnd : page.ends()) {
            int end = (int) (appendEnd - page.from());
            while (at < end) {
                int next = form == StreamEvents.Form.JSON ? JsonMessages.endOfMessage(bytes, at, end) : end;
                event(out, page, form, bytes, at, next, cursor);
                at = next;
            }
        }
        return out.toByteArray();
    }

    private void event(ByteArrayOutputStream out, Page page, StreamEvents.Form form, byte[] bytes, int from, int end,
            String cursor) {
        StreamView view = page.stream();
        long position = page.from() + end;
        int dataEnd = form == StreamEvents.Form.JSON ? end - 1 : end;
        StreamEvents.data(out, view.offset(position), form, plain, bytes, from, dataEnd);
        if (!plain) {
            control(out, view, position, cursor);
        }
    }

    /** An event that says where the client is; nothing for one that does not speak the protocol. */
    byte[] control(StreamView view, long position, String cursor) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(160);
        if (!plain) {
            control(out, view, position, cursor);
        }
        return out.toByteArray();
    }

    private static void control(ByteArrayOutputStream out, StreamView view, long position, String cursor) {
        boolean upToDate = position == view.tail();
        boolean closed = upToDate && view.closed();
        StreamEvents.control(out, view.offset(position), closed ? Optional.empty() : Optional.of(cursor), upToDate,
                closed);
    }
}
