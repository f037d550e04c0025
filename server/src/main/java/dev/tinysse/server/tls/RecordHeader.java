package dev.tinysse.server.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/**
 * Checks the header of a TLS record before the {@code SSLEngine} sees it: a header with a large length makes it demand larger buffers
 * for all that follows, and a first record of SSL 2.0 has another format.
 *
 * <p>A record holds at most 2^14 + 256 bytes (RFC 8446, section 5.2). TLS 1.2 allows 2^14 + 2048 (RFC 5246, section 6.2.3), of which 1024
 * are for compression and 1024 for the cipher. No offered suite needs them: without compression, AES-GCM adds 24 bytes (RFC 5288, section 3)
 * and ChaCha20-Poly1305 adds 16 (RFC 7905, section 2), so the limit of TLS 1.3 applies to both protocols.
 */
final class RecordHeader {
    private static final int BYTES = 5;
    private static final int LENGTH_AT = 3;
    /** The content types, from change_cipher_spec to application_data (RFC 8446, section 5.1). */
    private static final int FIRST_TYPE = 20;
    private static final int LAST_TYPE = 23;
    /** The maximum length of a record behind its header. */
    static final int MAX_LENGTH = (1 << 14) + 256;

    private RecordHeader() {}

    /**
     * Checks the record at the position of a buffer, which does not move.
     *
     * @param in with what the client has sent, in the byte order of the network
     * @return whether the whole record is there
     * @throws SSLException if no record of TLS begins like that
     */
    static boolean isWhole(ByteBuffer in) throws SSLException {
        if (in.remaining() < BYTES) {
            return false;
        }
        int type = in.get(in.position()) & 0xff;
        if (type < FIRST_TYPE || type > LAST_TYPE) {
            throw new SSLException("the client sends a record of an unknown type: type=" + type);
        }
        int length = in.getShort(in.position() + LENGTH_AT) & 0xffff;
        if (length > MAX_LENGTH) {
            throw new SSLException("the client sends a record that is too long: length=" + length);
        }
        return in.remaining() >= BYTES + length;
    }
}
