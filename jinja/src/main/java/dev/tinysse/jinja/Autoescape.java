package dev.tinysse.jinja;

import java.util.Locale;
import java.util.Optional;

/** How a value is written into the output. */
public enum Autoescape {

    /** {@code < > & " ' /} are written as character references; the default. */
    HTML,

    /** Every value is written as JSON. */
    JSON,

    /** Values are written as they are. */
    NONE;

    /**
     * Finds a mode by its name, in any case of letters.
     *
     * @param name {@code html}, {@code json} or {@code none}
     * @return the mode, empty for any other name
     */
    public static Optional<Autoescape> named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "html" -> Optional.of(HTML);
            case "json" -> Optional.of(JSON);
            case "none" -> Optional.of(NONE);
            default -> Optional.empty();
        };
    }
}
