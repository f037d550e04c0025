package dev.tinysse.lua.lib.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A device that is only read or only written from start to end: a standard stream, or the end of a pipe. */
public final class StreamDevice implements Device {
    private final InputStream in;
    private final OutputStream out;

    private StreamDevice(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** A device to read. */
    public static StreamDevice reading(InputStream in) {
        return new StreamDevice(in, OutputStream.nullOutputStream());
    }

    /** A device to write. */
    public static StreamDevice writing(OutputStream out) {
        return new StreamDevice(null, out);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (in == null) {
            throw IoFailure.BAD_DESCRIPTOR.exception();
        }
        return in.read(target, offset, length);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (in != null) {
            throw IoFailure.BAD_DESCRIPTOR.exception();
        }
        out.write(source, offset, length);
        out.flush();
    }

    @Override
    public long position() throws IOException {
        throw IoFailure.ILLEGAL_SEEK.exception();
    }

    @Override
    public void position(long bytes) throws IOException {
        throw IoFailure.ILLEGAL_SEEK.exception();
    }

    @Override
    public long size() throws IOException {
        throw IoFailure.ILLEGAL_SEEK.exception();
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
        out.close();
    }
}
