package dev.tinysse.lua.lib.io;

import java.io.IOException;

/** The source or target of a file handle, without buffers: a file, a pipe, a terminal. Not for two threads at once. */
public interface Device {

    /** Reads some bytes, at least one; -1 at the end. */
    int read(byte[] target, int offset, int length) throws IOException;

    /** Writes all of the bytes. */
    void write(byte[] source, int offset, int length) throws IOException;

    /** Where it is, in bytes from the start. */
    long position() throws IOException;

    /** Goes somewhere else. */
    void position(long bytes) throws IOException;

    /** How long it is, in bytes. */
    long size() throws IOException;

    /** Whether reading or closing may take as long as somebody else likes. */
    boolean waits();

    /** Whether writing may take that long too. */
    default boolean waitsToWrite() {
        return false;
    }

    /** Closes it; nothing else may be called after that. */
    void close() throws IOException;
}
