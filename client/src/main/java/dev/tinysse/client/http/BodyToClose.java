package dev.tinysse.client.http;

import java.io.FilterInputStream;
import java.io.InputStream;

/** A body that ends with its connection. For one thread. */
final class BodyToClose extends FilterInputStream {
    BodyToClose(InputStream in) {
        super(in);
    }

    @Override
    public void close() {}
}
