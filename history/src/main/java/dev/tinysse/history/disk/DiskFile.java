package dev.tinysse.history.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. One thread writes, any thread reads, also while others are interrupted. */
public interface DiskFile extends Closeable {
    /** Writes all that remains in the buffer. */
    void write(ByteBuffer bytes, long at) throws IOException;

    /** Reads until the buffer or the file ends, and tells how many bytes that were. */
    int read(ByteBuffer bytes, long at) throws IOException;

    /** Waits until the disk has what has been written. */
    void sync() throws IOException;

    /** Cuts the end off. */
    void truncate(long size) throws IOException;

    long size() throws IOException;
}
