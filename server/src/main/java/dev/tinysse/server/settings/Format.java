package dev.tinysse.server.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How the values of an option are written.
 *
 * @param <T> type of the values
 * @param type short name of the format for the documentation, such as {@code duration}
 * @param accepted which texts are values, to follow "must be"
 * @param shape what a value is made of
 * @param parser gives the value of a text, and nothing for a text that is none
 */
record Format<T>(String type, String accepted, Shape shape, Function<String, Optional<T>> parser) {

    /** The kind of a value. */
    enum Shape {
        /** True or false; the flag takes no value. */
        SWITCH,
        /** One text. */
        TEXT,
        /** Comma-separated texts; in a file also a list. */
        LIST,
        /** The same; the flag may be repeated. */
        REPEATED;

        /** Whether values may be several texts. */
        boolean isList() {
            return this == LIST || this == REPEATED;
        }
    }

    /** A format of one text. */
    static <T> Format<T> text(String type, String accepted, Function<String, Optional<T>> parser) {
        return new Format<>(type, accepted, Shape.TEXT, parser);
    }

    /** A format of one of these values, which are written as {@link Object#toString} has them. */
    static <T> Format<T> choice(String type, String accepted, T[] values) {
        return text(type, accepted,
                text -> Stream.of(values).filter(value -> value.toString().equals(text)).findFirst());
    }

    /** Reads one or more values with commas between them; nothing if one is none. */
    static <T> Optional<List<T>> items(String text, Function<String, Optional<T>> parser) {
        List<Optional<T>> items = Stream.of(text.split(",", -1)).map(String::strip).map(parser).toList();
        return items.stream().allMatch(Optional::isPresent)
                ? Optional.of(items.stream().map(Optional::get).toList())
                : Optional.empty();
    }
}
