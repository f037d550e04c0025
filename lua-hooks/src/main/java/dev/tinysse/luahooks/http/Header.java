package dev.tinysse.luahooks.http;

/**
 * A field of a request or a response.
 *
 * @param name  of a response always in lower case
 * @param value a character per byte; of a request ASCII
 */
public record Header(String name, String value) {

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
