package dev.tinysse.server.settings;

import java.util.Optional;
import java.util.function.Function;

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
}
