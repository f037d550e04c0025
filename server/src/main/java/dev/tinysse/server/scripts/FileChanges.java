package dev.tinysse.server.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * Tells when a file has changed and nobody is writing to it any more: two looks in a row have found the same. A file
 * that is empty or missing counts as one that is being written. For one thread.
 */
final class FileChanges {
    private final Path file;
    private Optional<State> reported;
    private Optional<State> last;

    private record State(FileTime time, long size, Optional<Object> key) {}

    /** Watches for changes from now on. */
    FileChanges(Path file) {
        this.file = file;
        this.last = now();
        this.reported = last;
    }

    /** Looks at the file: whether it differs from the last report, and not from the last look. */
    boolean settled() {
        Optional<State> before = last;
        last = now();
        if (last.isEmpty() || !last.equals(before) || last.equals(reported)) {
            return false;
        }
        reported = last;
        return true;
    }

    /** Whether the file is still what {@link #settled} has reported. */
    boolean isAsReported() {
        return now().equals(reported);
    }

    private Optional<State> now() {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.size() == 0
                    ? Optional.empty()
                    : Optional.of(new State(found.lastModifiedTime(), found.size(),
                            Optional.ofNullable(found.fileKey())));
        } catch (IOException e) {
            return Optional.empty(); // gone for a moment while an editor replaces it
        }
    }
}
