package dev.tinysse.client.sse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads an event stream (<a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">HTML
 * Standard, section 9.2.5</a>), in pieces of any size. Unlike a browser it also gives comments that stand with other fields, and
 * events without data. For one thread.
 */
public final class EventParser {
    private static final int MAX_RETRY_DIGITS = 12;
    /** Memory of a comment beside its text: there may be millions of short ones. */
    private static final int COMMENT_OVERHEAD = 64;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /** Takes what is read. */
    public interface Handler {
        /** Takes an event. */
        void event(Event event);

        /** Takes how long to wait before the next request, in milliseconds; very long waits as the largest number. */
        void retry(long millis);
    }

    private final Handler handler;
    private final int maxEvent;
    private byte[] line = new byte[512];
    private int length;
    /** Bytes of the event so far, without the present line. */
    private long size;
    private boolean first = true;
    private boolean afterReturn;

    private Optional<String> id = Optional.empty();
    private Optional<String> event = Optional.empty();
    private StringBuilder data;
    private List<String> comments = new ArrayList<>();
    private boolean hasField;

    /**
     * A parser at the begin of a stream.
     *
     * @param maxEvent largest event in bytes, with the names of its fields; each comment counts as 64 more
     */
    public EventParser(int maxEvent, Handler handler) {
        this.maxEvent = maxEvent;
        this.handler = handler;
    }

    /**
     * Reads on.
     *
     * @param bytes not retained
     * @throws EventTooLargeException if an event is larger than allowed; nothing can be read behind it
     */
    public void feed(byte[] bytes, int from, int to) throws EventTooLargeException {
        int start = from;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\n' && afterReturn) {
                afterReturn = false;
                start = i + 1;
            } else if (b == '\n' || b == '\r') {
                append(bytes, start, i);
                endLine();
                afterReturn = b == '\r';
                start = i + 1;
            } else {
                afterReturn = false;
            }
        }
        append(bytes, start, to);
    }

    private void append(byte[] bytes, int from, int to) throws EventTooLargeException {
        int count = to - from;
        if (size + length + count > maxEvent) {
            throw new EventTooLargeException(maxEvent);
        }
        if (count > line.length - length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + count));
        }
        System.arraycopy(bytes, from, line, length, count);
        length += count;
    }

    private void endLine() {
        int from = first && length >= 3 && Arrays.equals(line, 0, 3, BYTE_ORDER_MARK, 0, 3) ? 3 : 0;
        first = false;
        int end = length;
        length = 0;
        size += end + 1;
        if (from == end) {
            dispatch();
            return;
        }
        int colon = from;
        while (colon < end && line[colon] != ':') {
            colon++;
        }
        int value = Math.min(end, colon + 1);
        if (value < end && line[value] == ' ') {
            value++;
        }
        field(text(from, colon), text(value, end));
    }

    private String text(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }

    private void field(String name, String value) {
        switch (name) {
            case "" -> {
                comments.add(value);
                size += COMMENT_OVERHEAD;
            }
            case "data" -> {
                hasField = true;
                data = data == null ? new StringBuilder() : data.append('\n');
                data.append(value);
            }
            case "event" -> {
                hasField = true;
                event = Optional.of(value).filter(text -> !text.isEmpty());
            }
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    hasField = true;
                    id = Optional.of(value);
                }
            }
            case "retry" -> retry(value);
            default -> {
                // a field of the future
            }
        }
    }

    private void retry(String value) {
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            handler.retry(value.length() > MAX_RETRY_DIGITS ? Long.MAX_VALUE : Long.parseLong(value));
        }
    }

    /** Comments alone are no event: they keep a stream alive. */
    private void dispatch() {
        if (hasField) {
            handler.event(new Event(id, event, Optional.ofNullable(data).map(StringBuilder::toString),
                    List.copyOf(comments), Optional.empty()));
        }
        id = Optional.empty();
        event = Optional.empty();
        data = null;
        comments = new ArrayList<>();
        hasField = false;
        size = 0;
    }
}
