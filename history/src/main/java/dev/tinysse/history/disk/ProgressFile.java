package dev.tinysse.history.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The file {@code progress} of a log, in which stands how far it has come. It is written before each append and not synced: what it
 * says is never more than what is there, and after a loss of power perhaps less. Now and then another file takes its place, so
 * that one from a backup that has been copied over it does not name itself. For one thread.
 */
public final class ProgressFile implements AutoCloseable {
    private static final String NAME = "progress";
    private static final long RENEWED_AFTER_MILLIS = 50;

    private final Disk disk;
    private final Path path;
    private final InstantSource clock;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(ProgressNote.SIZE);
    private DiskFile file;
    private FileIdentity self;
    private long renewed;

    private ProgressFile(Disk disk, Path path, InstantSource clock) {
        this.disk = disk;
        this.path = path;
        this.clock = clock;
    }

    /** {@return what stands in the file of a directory; nothing if there is none or it is damaged} */
    public static Optional<ProgressNote> read(Path directory) throws IOException {
        Path path = directory.resolve(NAME);
        byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        return bytes.length == ProgressNote.SIZE ? ProgressNote.get(ByteBuffer.wrap(bytes)) : Optional.empty();
    }

    /** Whether a note stands in the file in which it was written, and not in a copy of that. */
    public static boolean isOriginal(Disk disk, Path directory, ProgressNote note) throws IOException {
        return disk.identity(directory.resolve(NAME)).isSame(note.self());
    }

    /** Makes the file of a directory, or writes over it if there is no room for another. */
    public static ProgressFile open(Disk disk, Path directory, InstantSource clock, ProgressNote first)
            throws IOException {
        ProgressFile progress = new ProgressFile(disk, directory.resolve(NAME), clock);
        try {
            progress.renew(first);
        } catch (IOException e) {
            progress.file = disk.open(progress.path);
            progress.self = disk.identity(progress.path);
            progress.write(progress.file, first.withSelf(progress.self));
        }
        progress.file.sync();
        return progress;
    }

    /** Notes how far the log has come; what stands in the note of a file does not count. */
    public void note(ProgressNote next) throws IOException {
        if (Math.abs(clock.millis() - renewed) >= RENEWED_AFTER_MILLIS) {
            renew(next);
        } else {
            write(file, next.withSelf(self));
        }
    }

    private void renew(ProgressNote next) throws IOException {
        Path other = path.resolveSibling(NAME + ".new");
        disk.delete(other);
        DiskFile made = disk.open(other);
        FileIdentity identity;
        try {
            identity = disk.identity(other);
            write(made, next.withSelf(identity));
            disk.replace(other, path);
        } catch (IOException e) {
            made.close();
            disk.delete(other);
            throw e;
        }
        if (file != null) {
            file.close();
        }
        file = made;
        self = identity;
        renewed = clock.millis();
    }

    private void write(DiskFile to, ProgressNote note) throws IOException {
        note.put(bytes);
        to.write(bytes, 0);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
