package dev.tinysse.streams.model;

import dev.tinysse.api.internal.Tokens;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A media type as a client has sent it. Two are the same type if they differ in case and parameters at most. Immutable.
 */
public final class ContentType {
    /** Of streams that are created without one. */
    public static final ContentType BYTES = new ContentType("application/octet-stream");
    /** Of streams of messages. */
    public static final ContentType JSON = new ContentType("application/json");
    /** Of appends of several messages to streams of messages. */
    public static final String LINES = "application/x-ndjson";
    /** Exists once each, however many streams have it. */
    private static final Map<String, ContentType> COMMON = Stream
            .of(BYTES, JSON, new ContentType("text/plain"), new ContentType("text/plain;charset=UTF-8"),
                    new ContentType("text/plain; charset=utf-8"))
            .collect(Collectors.toUnmodifiableMap(ContentType::toString, Function.identity()));

    private final String text;
    private final String essence;

    private ContentType(String text) {
        this.text = text;
        this.essence = essence(text);
    }

    /**
     * Reads a media type.
     *
     * @param text as it was sent
     * @return the type; empty if it is none
     */
    public static Optional<ContentType> parse(String text) {
        String stripped = text.strip();
        ContentType common = COMMON.get(stripped);
        if (common != null) {
            return Optional.of(common);
        }
        String essence = essence(stripped);
        int slash = essence.indexOf('/');
        boolean valid = slash > 0 && Tokens.isToken(essence.substring(0, slash))
                && Tokens.isToken(essence.substring(slash + 1))
                && stripped.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\t');
        return valid ? Optional.of(new ContentType(stripped)) : Optional.empty();
    }

    private static String essence(String text) {
        int end = text.indexOf(';');
        return (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** {@return whether both are the same type} */
    public boolean matches(ContentType other) {
        return essence.equals(other.essence);
    }

    /** {@return whether a stream of this type consists of messages} */
    public boolean isJson() {
        return essence.equals(JSON.essence);
    }

    /** {@return whether it is the type of several messages, one a line} */
    public boolean isLines() {
        return essence.equals(LINES);
    }

    /** {@return whether events carry the bytes as text} */
    public boolean isText() {
        return isJson() || essence.startsWith("text/");
    }

    /** {@return the text as it was sent} */
    @Override
    public String toString() {
        return text;
    }
}
