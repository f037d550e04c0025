package dev.tinysse.history.disk;

import java.io.IOException;
import java.nio.file.Path;

/** The file system as the log needs it. Safe for any thread. */
public interface Disk {
    /** Opens a file to read and write; makes it if it is not there. */
    DiskFile open(Path file) throws IOException;

    /** Removes a file, if it is there. */
    void delete(Path file) throws IOException;

    /** Moves a file to a name, whose file it replaces at once. */
    void replace(Path from, Path to) throws IOException;

    /** Makes sure that the names in a directory survive a loss of power. */
    void syncDirectory(Path directory) throws IOException;

    /** {@return what tells a file from a copy of it} */
    FileIdentity identity(Path file) throws IOException;

    /** Whether a write has failed because there was no room for so many bytes. */
    boolean isFull(Path directory, IOException failure, long bytes);
}
