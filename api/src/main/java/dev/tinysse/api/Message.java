package dev.tinysse.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One event as publishers send it and subscribers receive it. Immutable.
 *
 * <p>A message that exists can be written: what would break an event stream is refused here, once. An id or event name
 * holds no CR, LF or NUL, since the grammar of
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML section 9.2</a> has no way to carry
 * them, and no text holds half of a surrogate pair. Line breaks of any kind in data and comments are fine: a subscriber
 * sees them as line feeds.
 */
public final class Message {
    /** The message without a field. It is never delivered; a hook returns it to say that nothing is to be sent. */
    public static final Message EMPTY = new Message(new Builder());

    private static final char REPLACEMENT = '\uFFFD';

    private final @Nullable String id;
    private final @Nullable String event;
    private final @Nullable String data;
    private final List<String> comments;

    private Message(Builder builder) {
        id = requireOneLine("id", builder.id);
        event = requireOneLine("event", builder.event);
        data = requireUnicode("data", builder.data);
        comments = List.copyOf(builder.comments);
        comments.forEach(comment -> requireUnicode("comment", comment));
    }

    /** Data that is Unicode text. */
    private Message(String data) {
        id = null;
        event = null;
        this.data = data;
        comments = List.of();
    }

    /** The fields of one that has been checked, with another id. */
    private Message(Message other, String id) {
        this.id = requireOneLine("id", id);
        event = other.event;
        data = other.data;
        comments = other.comments;
    }

    /** {@return a builder without any field} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A message that has data alone.
     *
     * @param data the text, not null
     * @return the message
     * @throws IllegalArgumentException if the text holds half of a surrogate pair
     */
    public static Message of(String data) {
        return builder().data(data).build();
    }

    /**
     * A message that has data alone, as bytes: the same as {@link #of} for its text, and faster, since what is UTF-8 need not be
     * looked through.
     *
     * @param bytes which have the text in UTF-8, not null; copied
     * @param offset where it begins
     * @param length how many bytes it takes
     * @return the message
     * @throws IllegalArgumentException if it is not UTF-8
     * @throws IndexOutOfBoundsException if there are not so many bytes
     */
    public static Message ofUtf8(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) { // it stands there, or for something else
            requireUtf8(ByteBuffer.wrap(bytes, offset, length).slice());
        }
        return new Message(text);
    }

    private static void requireUtf8(ByteBuffer text) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        if (decoder.decode(text, CharBuffer.allocate(text.remaining()), true).isError()) {
            throw new IllegalArgumentException(
                    "data must be UTF-8: found malformed bytes at index %d".formatted(text.position()));
        }
    }

    /** {@return the id, which becomes the subscriber's last event id} */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** {@return the event name; a browser dispatches an event without one as {@code message}} */
    public Optional<String> event() {
        return Optional.ofNullable(event);
    }

    /** {@return the data; the empty text is data, too} */
    public Optional<String> data() {
        return Optional.ofNullable(data);
    }

    /** {@return the comments in order, unmodifiable} */
    public List<String> comments() {
        return comments;
    }

    /**
     * This message with another id.
     *
     * @param text one line, may be empty, not null
     * @return the new message
     * @throws IllegalArgumentException if the id could not be written to an event stream
     */
    public Message withId(String text) {
        return new Message(this, Objects.requireNonNull(text));
    }

    /** {@return whether there is no field at all, so that there is nothing to deliver} */
    public boolean isEmpty() {
        return id == null && event == null && data == null && comments.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that && Objects.equals(id, that.id) && Objects.equals(event, that.event)
                && Objects.equals(data, that.data) && comments.equals(that.comments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, event, data, comments);
    }

    @Override
    public String toString() {
        return "Message[id=" + id + ", event=" + event + ", data=" + data + ", comments=" + comments + "]";
    }

    private static @Nullable String requireOneLine(String field, @Nullable String text) {
        boolean surrogates = false;
        if (text != null) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                surrogates |= Character.isSurrogate(c);
                if (c == '\r' || c == '\n' || c == 0) {
                    throw new IllegalArgumentException(
                            field + " must not contain a line break or NUL: found U+%04X at index %d".formatted((int) c,
                                    i));
                }
            }
        }
        return surrogates ? requireUnicode(field, text) : text;
    }

    private static @Nullable String requireUnicode(String field, @Nullable String text) {
        if (text != null) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (Character.isHighSurrogate(c) && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else if (Character.isSurrogate(c)) {
                    throw new IllegalArgumentException(
                            field + " must be Unicode text: found a lone surrogate at index %d".formatted(i));
                }
            }
        }
        return text;
    }

    /** Collects the fields of a message. For one thread. */
    public static final class Builder {
        private @Nullable String id;
        private @Nullable String event;
        private @Nullable String data;
        private List<String> comments = List.of();

        private Builder() {}

        /**
         * Sets the id.
         *
         * @param text one line, may be empty, not null
         * @return this
         */
        public Builder id(String text) {
            id = Objects.requireNonNull(text);
            return this;
        }

        /**
         * Sets the event name.
         *
         * @param text one line, may be empty, not null
         * @return this
         */
        public Builder event(String text) {
            event = Objects.requireNonNull(text);
            return this;
        }

        /**
         * Sets the data.
         *
         * @param text any text, not null
         * @return this
         */
        public Builder data(String text) {
            data = Objects.requireNonNull(text);
            return this;
        }

        /**
         * Sets the comments.
         *
         * @param texts in order, without nulls
         * @return this
         */
        public Builder comments(List<String> texts) {
            comments = Objects.requireNonNull(texts);
            return this;
        }

        /**
         * Makes the message.
         *
         * @return the message, {@linkplain Message#isEmpty() empty} if no field was set
         * @throws IllegalArgumentException if a field could not be written to an event stream; the text says which, and why
         */
        public Message build() {
            return new Message(this);
        }
    }
}
