package dev.tinysse.lua.lib.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

/** A file of the file system. */
public final class FileDevice implements Device {
    private final FileChannel channel;
    private final boolean readable;
    private final boolean writable;
    private final boolean appending;
    private final boolean special;

    private FileDevice(FileChannel channel, boolean readable, boolean writable, boolean appending, boolean special) {
        this.channel = channel;
        this.readable = readable;
        this.writable = writable;
        this.appending = appending;
        this.special = special;
    }

    /** Opens a file in a mode of C's {@code fopen}: {@code r}, {@code w} or {@code a}, and perhaps {@code +}. */
    public static FileDevice open(Path path, String mode) throws IOException {
        char kind = mode.charAt(0);
        boolean both = mode.indexOf('+') >= 0;
        boolean readable = both || kind == 'r';
        boolean writable = both || kind != 'r';
        if (writable && Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "Is a directory");
        }
        Set<OpenOption> options = new java.util.HashSet<>();
        if (readable) {
            options.add(StandardOpenOption.READ);
        }
        if (writable) {
            options.add(StandardOpenOption.WRITE);
        }
        if (kind != 'r') {
            options.add(StandardOpenOption.CREATE);
        }
        if (kind == 'w') {
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        return new FileDevice(FileChannel.open(path, options), readable, writable, kind == 'a',
                isSpecial(path));
    }

    /** Whether a file is a pipe, a terminal or another device: to open it or to read it may take as long as somebody else likes. */
    public static boolean isSpecial(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    }

    /** Opens a new file without a name that lasts as long as it is open. */
    public static FileDevice temporary() throws IOException {
        Path path = Files.createTempFile("lua", null);
        return new FileDevice(FileChannel.open(path,
                EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)),
                true, true, false, false);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!readable) {
            throw IoFailure.BAD_DESCRIPTOR.exception();
        }
        return channel.read(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (!writable) {
            throw IoFailure.BAD_DESCRIPTOR.exception();
        }
        if (appending) {
            channel.position(channel.size());
        }
        ByteBuffer rest = ByteBuffer.wrap(source, offset, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public void position(long bytes) throws IOException {
        if (bytes < 0) {
            throw IoFailure.INVALID_ARGUMENT.exception();
        }
        channel.position(bytes);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public boolean waits() {
        return special;
    }

    @Override
    public boolean waitsToWrite() {
        return special;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
