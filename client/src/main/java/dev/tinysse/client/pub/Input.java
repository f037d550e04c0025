package dev.tinysse.client.pub;

import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where messages are read from.
 *
 * @param file a file, or nothing for standard input
 * @param stdin standard input
 */
public record Input(Optional<Path> file, InputStream stdin) {
    /** The name of the input for messages. */
    String name() {
        return file.map(path -> "the file " + path).orElse("standard input");
    }

    /**
     * Opens it.
     *
     * @throws FailedException if the file cannot be read
     */
    InputStream open() throws FailedException {
        try {
            return file.isPresent() ? Files.newInputStream(file.get()) : stdin;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The error when it cannot be read. */
    FailedException unreadable(IOException e) {
        return new FailedException("cannot read %s: %s".formatted(name(), Shown.reason(e)));
    }

    /**
     * All of it, without one line break at its end.
     *
     * @throws FailedException if it cannot be read, or is not UTF-8
     */
    String text() throws FailedException {
        try (InputStream in = open()) {
            String text = Utf8.text(in.readAllBytes(), name());
            int end = text.endsWith("\r\n")
                    ? text.length() - 2
                    : text.endsWith("\n") ? text.length() - 1 : text.length();
            return text.substring(0, end);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
