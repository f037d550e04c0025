package dev.tinysse.luahooks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The release of the server, which is that of this module. */
final class ServerRelease {
    /** Name and version of the server, for scripts that run without one. */
    static final String NAME = "tinysse/" + version();

    private ServerRelease() {}

    private static String version() {
        try (InputStream resource = ServerRelease.class.getResourceAsStream("version.txt")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
