package dev.tinysse.history.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/** The file system of the operating system. */
public final class RealDisk implements Disk {
    @Override
    public DiskFile open(Path file) throws IOException {
        return new RealFile(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public FileIdentity identity(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileIdentity((Long) Files.getAttribute(file, "unix:ino"),
                isBirthKnown(file, attributes) ? attributes.creationTime().to(TimeUnit.NANOSECONDS) : 0);
    }

    /** Where the file system does not know, the time of the last change stands there, and follows it. */
    private static boolean isBirthKnown(Path file, BasicFileAttributes attributes) throws IOException {
        FileTime changed = attributes.lastModifiedTime();
        if (!attributes.creationTime().equals(changed)) {
            return true;
        }
        Files.setLastModifiedTime(file, FileTime.from(changed.toInstant().plusMillis(1)));
        return Files.readAttributes(file, BasicFileAttributes.class).creationTime().equals(changed);
    }

    @Override
    public boolean isFull(Path directory, IOException failure, long bytes) {
        String text = String.valueOf(failure.getMessage());
        if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
            return true;
        }
        try {
            return Files.getFileStore(directory).getUsableSpace() < bytes;
        } catch (IOException e) {
            return false;
        }
    }
}
