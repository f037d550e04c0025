package dev.tinysse.server.transport;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A reader whose header values keep their bytes, one character for each, where Helidon's own keeps ASCII alone. What is UTF-8
 * can be told from what is not only that way. For the connection's thread alone.
 */
final class ByteKeepingReader extends DataReader {
    ByteKeepingReader(Supplier<byte[]> bytes) {
        super(bytes);
    }

    @Override
    public LazyString readLazyString(Charset charset, int length) {
        return super.readLazyString(StandardCharsets.ISO_8859_1, length);
    }
}
