package dev.tinysse.history;

import dev.tinysse.history.disk.Disk;
import dev.tinysse.history.disk.DiskFile;
import dev.tinysse.history.disk.FileIdentity;
import dev.tinysse.history.disk.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A disk with faults that a test switches on. It syncs nothing, since no test takes the power away, and may take every file for the
 * original. Safe for any thread.
 */
final class FaultyDisk implements Disk {
    private final RealDisk disk = new RealDisk();
    private final boolean originals;
    private final AtomicInteger syncs = new AtomicInteger();
    /** So many more bytes may be written; then the disk is full. */
    private volatile long room = Long.MAX_VALUE;
    private volatile boolean syncFails;
    private volatile boolean writeFails;

    FaultyDisk(boolean originals) {
        this.originals = originals;
    }

    void room(long bytes) {
        room = bytes;
    }

    void syncFails(boolean fails) {
        syncFails = fails;
    }

    void writeFails(boolean fails) {
        writeFails = fails;
    }

    /** {@return how often a file has been synced} */
    int syncs() {
        return syncs.get();
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new FaultyFile(disk.open(file));
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        disk.replace(from, to);
    }

    @Override
    public void syncDirectory(Path directory) {
        // see above
    }

    @Override
    public FileIdentity identity(Path file) throws IOException {
        return originals ? new FileIdentity(0, 0) : disk.identity(file);
    }

    @Override
    public boolean isFull(Path directory, IOException failure, long bytes) {
        return disk.isFull(directory, failure, 0);
    }

    private final class FaultyFile implements DiskFile {
        private final DiskFile file;

        FaultyFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            if (writeFails) {
                throw new IOException("Input/output error");
            }
            long left = room;
            if (bytes.remaining() > left) {
                room = 0;
                file.write(bytes.slice(bytes.position(), (int) left), at);
                throw new IOException("No space left on device");
            }
            room = left - bytes.remaining();
            file.write(bytes, at);
        }

        @Override
        public int read(ByteBuffer bytes, long at) throws IOException {
            return file.read(bytes, at);
        }

        @Override
        public void sync() throws IOException {
            if (syncFails) {
                throw new IOException("Input/output error");
            }
            syncs.incrementAndGet();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
