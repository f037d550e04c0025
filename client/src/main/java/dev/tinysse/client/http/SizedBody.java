package dev.tinysse.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body, or a chunk of one, whose size is known. For one thread. */
class SizedBody extends InputStream {
    private final InputStream in;
    private long left;

    SizedBody(InputStream in, long size) {
        this.in = in;
        left = size;
    }

    /** The size of the next chunk; 0 at the end of the body. Called when there is nothing left of the one before. */
    long nextSize() throws IOException {
        return 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            left = nextSize();
        }
        if (left == 0) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the connection ended within the response");
        }
        left -= count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(left, in.available());
    }
}
