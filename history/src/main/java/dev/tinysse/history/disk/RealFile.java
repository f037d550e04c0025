package dev.tinysse.history.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of the operating system. Reads have a channel of their own, since a channel is closed for all when one thread that reads is
 * interrupted; it is then opened again.
 */
public final class RealFile implements DiskFile {
    private final Path file;
    private final FileChannel writing;
    private FileChannel reading;
    private boolean closed;

    public RealFile(Path file) throws IOException {
        this.file = file;
        writing = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        reading = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public void write(ByteBuffer bytes, long at) throws IOException {
        long to = at;
        while (bytes.hasRemaining()) {
            to += writing.write(bytes, to);
        }
    }

    @Override
    public int read(ByteBuffer bytes, long at) throws IOException {
        boolean interrupted = Thread.interrupted();
        int begin = bytes.position();
        try {
            while (bytes.hasRemaining()) {
                FileChannel channel = reading(null);
                try {
                    if (channel.read(bytes, at + bytes.position() - begin) < 0) {
                        break;
                    }
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    reading(channel);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return bytes.position() - begin;
    }

    /** The channel to read from; another one than the one that has been found closed. */
    private synchronized FileChannel reading(FileChannel found) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (reading == found) {
            reading = FileChannel.open(file, StandardOpenOption.READ);
        }
        return reading;
    }

    @Override
    public void sync() throws IOException {
        writing.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
        writing.truncate(size);
    }

    @Override
    public long size() throws IOException {
        return writing.size();
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        reading.close();
        writing.close();
    }
}
