package dev.tinysse.api.internal;

import java.util.List;
import java.util.Optional;

/** Writes one object of JSON, without blanks. For one thread. */
public final class Json {
    private static final int CAPACITY = 64;

    private final StringBuilder text;

    /** An object without members. */
    public Json() {
        this(CAPACITY);
    }

    /**
     * The same, with room.
     *
     * @param capacity expected number of characters
     */
    public Json(int capacity) {
        text = new StringBuilder(capacity).append('{');
    }

    /** Adds a whole number. */
    public Json add(String name, long value) {
        name(name).append(value);
        return this;
    }

    /** Adds a number. */
    public Json add(String name, double value) {
        return raw(name, JsonText.number(value));
    }

    /** Adds a text. */
    public Json add(String name, String value) {
        JsonText.appendString(name(name), value);
        return this;
    }

    /** Adds a text, or null. */
    public Json add(String name, Optional<String> value) {
        return value.isPresent() ? add(name, value.get()) : raw(name, "null");
    }

    /** Adds a text, if it is present. */
    public Json addPresent(String name, Optional<String> value) {
        return value.isPresent() ? add(name, value.get()) : this;
    }

    /** Adds texts. */
    public Json add(String name, List<String> values) {
        name(name).append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            JsonText.appendString(text, values.get(i));
        }
        text.append(']');
        return this;
    }

    /** Adds what is JSON already. */
    public Json raw(String name, String json) {
        name(name).append(json);
        return this;
    }

    private StringBuilder name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        JsonText.appendString(text, name);
        return text.append(':');
    }

    /** {@return an array of what is JSON already} */
    public static String array(List<String> elements) {
        return "[" + String.join(",", elements) + "]";
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
