package dev.tinysse.server.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/**
 * Reads by a reader of Helidon's, another one for each request: such a reader links all the arrays that it reads. As soon as one link of
 * a long-lived connection is in the old generation, the collector would take all behind it for reachable, and copy them.
 */
class RenewableReader extends DataReader {
    private final Supplier<byte[]> bytes;
    private DataReader reader;

    @SuppressWarnings("removal") // the factory method that is to replace this constructor makes no subclasses
    RenewableReader(Supplier<byte[]> bytes) {
        super(bytes);
        this.bytes = bytes;
        this.reader = DataReader.create(bytes);
    }

    /** Lets go of what has been read, unless there is more. */
    final void renew() {
        if (reader.available() == 0) {
            reader = DataReader.create(bytes);
        }
    }

    @Override
    public int available() {
        return reader.available();
    }

    @Override
    public void pullData() {
        reader.pullData();
    }

    @Override
    public void skip(int length) {
        reader.skip(length);
    }

    @Override
    public void ensureAvailable() {
        reader.ensureAvailable();
    }

    @Override
    public byte read() {
        return reader.read();
    }

    @Override
    public byte lookup() {
        return reader.lookup();
    }

    @Override
    public boolean startsWithNewLine() {
        return reader.startsWithNewLine();
    }

    @Override
    public boolean startsWith(byte[] prefix) {
        return reader.startsWith(prefix);
    }

    @Override
    public BufferData readBuffer() {
        return reader.readBuffer();
    }

    @Override
    public BufferData readBuffer(int length) {
        return reader.readBuffer(length);
    }

    @Override
    public BufferData getBuffer(int length) {
        return reader.getBuffer(length);
    }

    @Override
    public LazyString readLazyString(Charset charset, int length) {
        return reader.readLazyString(charset, length);
    }

    @Override
    public String readAsciiString(int length) {
        return reader.readAsciiString(length);
    }

    @Override
    public byte[] readBytes(int length) {
        return reader.readBytes(length);
    }

    @Override
    public int findOrNewLine(byte found, int max) {
        return reader.findOrNewLine(found, max);
    }

    @Override
    public int findNewLine(int max) {
        return reader.findNewLine(max);
    }
}
