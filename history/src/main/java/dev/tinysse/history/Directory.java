package dev.tinysse.history;

import dev.tinysse.broker.log.LogException;
import dev.tinysse.history.disk.Disk;
import dev.tinysse.history.disk.DiskFile;
import dev.tinysse.history.disk.FileIdentity;
import dev.tinysse.history.disk.ProgressFile;
import dev.tinysse.history.disk.ProgressNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory of a log, which one process uses at a time. The manifest in it is replaced by one thread at a time. */
final class Directory implements AutoCloseable {
    private static final Pattern SEGMENT = Pattern.compile("([0-9]{8})(?:-([0-9]{1,9}))?\\.log");
    /** The minimum size of a file, and the unit of its size. */
    private static final int BLOCK = 4096;
    private static final String MANIFEST = "manifest";

    private final Path path;
    private final Disk disk;
    private final FileChannel lockFile;
    private final FileIdentity self;

    /**
     * Makes the directory, if it is not there, and locks it.
     *
     * @throws LogException if another process uses it
     * @throws IOException if it cannot be used
     */
    Directory(Path path, Disk disk) throws IOException, LogException {
        this.path = path;
        this.disk = disk;
        if (!Files.isDirectory(path)) {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            Files.createDirectory(path,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        lockFile = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        if (!isLocked()) {
            String owner = Files.readString(path.resolve("lock")).strip();
            lockFile.close();
            throw new LogException(LogException.Kind.FAILED, "data directory is in use by another process: %s%s"
                    .formatted(path, owner.isEmpty() ? "" : " (process " + owner + ")"));
        }
        // as long as the last one, so that it takes no room on a full disk
        String owner = "%-10d\n".formatted(ProcessHandle.current().pid());
        lockFile.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)), 0);
        self = disk.identity(path);
    }

    private boolean isLocked() throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    Disk disk() {
        return disk;
    }

    /** Whether the directory that was opened is there still. */
    boolean isThere() throws IOException {
        return Files.isDirectory(path) && disk.identity(path).isSame(self);
    }

    /** {@return where a segment is} */
    Path segment(int number, int generation) {
        return path
                .resolve(generation == 0 ? "%08d.log".formatted(number) : "%08d-%d.log".formatted(number, generation));
    }

    /** {@return the newest generation of each segment that is there} */
    SortedMap<Integer, Integer> segments() throws IOException {
        SortedMap<Integer, Integer> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            files.forEach(file -> {
                Matcher name = SEGMENT.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.merge(Integer.valueOf(name.group(1)),
                            name.group(2) == null ? 0 : Integer.valueOf(name.group(2)), Math::max);
                }
            });
        }
        return found;
    }

    /** Removes the files of segments that the manifest does not have: a rewriting or a removal had not come to its end. */
    void removeOthers(Manifest manifest) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (SEGMENT.matcher(name).matches() && manifest.segments().stream()
                        .noneMatch(entry -> segment(entry.number(), entry.generation()).equals(file))) {
                    disk.delete(file);
                }
            }
        }
    }

    /** {@return whether there is a manifest, damaged or not} */
    boolean hasManifest() {
        return Files.exists(path.resolve(MANIFEST));
    }

    /** {@return the manifest; nothing if there is none or it is damaged} */
    Optional<Manifest> manifest() throws IOException {
        Path file = path.resolve(MANIFEST);
        return Files.exists(file)
                ? Manifest.parse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }

    /** Whether manifest, segments and progress are the files that were written, and not copies. */
    boolean isOriginal(Manifest manifest, Optional<ProgressNote> progress) throws IOException {
        if (progress.isPresent() && !ProgressFile.isOriginal(disk, path, progress.get())) {
            return false;
        }
        if (!disk.identity(path.resolve(MANIFEST)).isSame(manifest.self())) {
            return false;
        }
        for (Manifest.Entry entry : manifest.segments()) {
            if (!disk.identity(segment(entry.number(), entry.generation())).isSame(entry.identity())) {
                return false;
            }
        }
        return true;
    }

    /** Replaces the manifest. It survives a loss of power; on a full disk only if that does not come in this very moment. */
    void replace(Manifest manifest) throws IOException {
        try {
            replaceFile(manifest);
        } catch (IOException e) {
            disk.delete(path.resolve(MANIFEST + ".new"));
            if (!disk.isFull(path, e, BLOCK) || !isOverwritten(manifest)) {
                throw e;
            }
        }
    }

    /** Writes over the manifest, if that takes no more room than it has. */
    private boolean isOverwritten(Manifest manifest) throws IOException {
        Path file = path.resolve(MANIFEST);
        if (!Files.exists(file)) {
            return false;
        }
        byte[] text = manifest.withSelf(disk.identity(file)).format().getBytes(StandardCharsets.ISO_8859_1);
        if (text.length > (Files.size(file) + BLOCK - 1) / BLOCK * BLOCK) {
            return false;
        }
        try (DiskFile open = disk.open(file)) {
            open.write(ByteBuffer.wrap(text), 0);
            open.truncate(text.length);
            open.sync();
        }
        return true;
    }

    private void replaceFile(Manifest manifest) throws IOException {
        Path next = path.resolve(MANIFEST + ".new");
        disk.delete(next);
        try (DiskFile file = disk.open(next)) {
            String text = manifest.withSelf(disk.identity(next)).format();
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), 0);
            file.sync();
        }
        disk.replace(next, path.resolve(MANIFEST));
        disk.syncDirectory(path);
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
