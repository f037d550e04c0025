package dev.tinysse.server.admin;

import dev.tinysse.api.internal.JsonText;
import java.util.List;
import java.util.Optional;

/** Writes one object of JSON. For one thread. */
final class Json {
    private final StringBuilder text = new StringBuilder("{");

    Json add(String name, long value) {
        return raw(name, Long.toString(value));
    }

    Json add(String name, double value) {
        return raw(name, JsonText.number(value));
    }

    Json add(String name, String value) {
        return raw(name, quoted(value));
    }

    /** Adds a text, or null. */
    Json add(String name, Optional<String> value) {
        return raw(name, value.map(Json::quoted).orElse("null"));
    }

    Json add(String name, List<String> values) {
        return raw(name, array(values.stream().map(Json::quoted).toList()));
    }

    /** Adds what is JSON already. */
    Json raw(String name, String json) {
        if (text.length() > 1) {
            text.append(',');
        }
        JsonText.appendString(text, name);
        text.append(':').append(json);
        return this;
    }

    static String array(List<String> elements) {
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
