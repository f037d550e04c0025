package dev.tinysse.streams.json;

/** A text is not JSON. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1;

    /** An error at a position of the text. */
    JsonException(String rule, int position) {
        super(rule + ": position=" + position, null, false, false);
    }
}
