package dev.tinysse.server.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Which texts may name a file. */
final class FileNames {
    private FileNames() {}

    static boolean isFileName(String text) {
        try {
            return !Path.of(text).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
