package dev.tinysse.server.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Makes chunks of an HTTP/1.1 body (RFC 9112, section 7.1). Safe for any thread. */
final class Chunks {
    private static final byte[] LAST = "0\r\n\r\n".getBytes(US_ASCII);

    private Chunks() {}

    /** The end of a body: not to be changed. */
    static byte[] last() {
        return LAST;
    }

    /** Frames bytes, at least one, as one chunk. */
    static byte[] of(byte[] body) {
        return framed(body, new byte[0]);
    }

    /** Frames bytes, at least one, as one chunk, and ends the body. */
    static byte[] lastOf(byte[] body) {
        return framed(body, LAST);
    }

    private static byte[] framed(byte[] body, byte[] end) {
        byte[] size = Integer.toHexString(body.length).getBytes(US_ASCII);
        byte[] frame = new byte[size.length + 2 + body.length + 2 + end.length];
        System.arraycopy(size, 0, frame, 0, size.length);
        int at = lineBreak(frame, size.length);
        System.arraycopy(body, 0, frame, at, body.length);
        at = lineBreak(frame, at + body.length);
        System.arraycopy(end, 0, frame, at, end.length);
        return frame;
    }

    private static int lineBreak(byte[] frame, int at) {
        frame[at] = '\r';
        frame[at + 1] = '\n';
        return at + 2;
    }
}
