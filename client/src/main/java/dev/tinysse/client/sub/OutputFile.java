package dev.tinysse.client.sub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;

/** Standard output. If it is a regular file, its size tells after a crash what was written. */
final class OutputFile {
    private final Path path;

    /** The standard output of this process. */
    static OutputFile ofProcess() {
        return new OutputFile(Path.of("/proc/self/fd/1"));
    }

    OutputFile(Path path) {
        this.path = path;
    }

    /** Its size in bytes, if it is a regular file. */
    OptionalLong size() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isRegularFile() ? OptionalLong.of(attributes.size()) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty(); // a system without /proc
        }
    }

    /** Whether it is a terminal. */
    boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(path).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return System.console() != null && System.console().isTerminal(); // a system without /proc
        }
    }

    /** The identity of the file. */
    String key() {
        try {
            return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return "";
        }
    }
}
