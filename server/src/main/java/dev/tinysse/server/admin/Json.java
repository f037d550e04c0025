package dev.tinysse.server.admin;

import dev.tinysse.api.internal.JsonText;
import java.util.List;
import java.util.Optional;

/** Writes one object of JSON. For one thread. */
public final class Json {
    private final StringBuilder text = new StringBuilder("{");

    /** An object without members. */
    public Json() {}

    /** Adds a whole number. */
    public Json add(String name, long value) {
        return raw(name, Long.toString(value));
    }

    /** Adds a number. */
    public Json add(String name, double value) {
        return raw(name, JsonText.number(value));
    }

    /** Adds a text. */
    public Json add(String name, String value) {
        return raw(name, quoted(value));
    }

    /** Adds a text, or null. */
    public Json add(String name, Optional<String> value) {
        return raw(name, value.map(Json::quoted).orElse("null"));
    }

    /** Adds texts. */
    public Json add(String name, List<String> values) {
        return raw(name, array(values.stream().map(Json::quoted).toList()));
    }

    /** Adds what is JSON already. */
    public Json raw(String name, String json) {
        if (text.length() > 1) {
            text.append(',');
        }
        JsonText.appendString(text, name);
        text.append(':').append(json);
        return this;
    }

    /** {@return an array of what is JSON already} */
    public static String array(List<String> elements) {
        return "[" + String.join(",", elements) + "]";
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder();
        JsonText.appendString(quoted, value);
        return quoted.toString();
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
