package dev.tinysse.server.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The version of the program, as the build knows it.
 */
public final class Version {
    private static final String TEXT = read();

    private Version() {}

    /** Such as {@code 1.0.0}. */
    public static String text() {
        return TEXT;
    }

    private static String read() {
        try (InputStream resource = Version.class.getResourceAsStream("version.txt")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
