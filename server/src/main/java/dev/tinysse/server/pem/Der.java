package dev.tinysse.server.pem;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** As much of DER (X.690) as is needed to put keys into the structures that the JDK reads. Pure functions. */
final class Der {
    static final int SEQUENCE = 0x30;
    static final int OCTET_STRING = 0x04;
    private static final int BIT_STRING = 0x03;
    /** The named curve of a private key of SEC 1. */
    static final int PARAMETERS = 0xa0;
    /** Its public key. */
    static final int PUBLIC_KEY = 0xa1;

    /** The object id of RSA, with its empty parameters. */
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    /** The object id of elliptic curves. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
    private static final byte[] NO_UNUSED_BITS = {0};

    private Der() {}

    /** A public key of PKCS#1 as one of X.509. */
    static byte[] x509(byte[] rsaPublicKey) {
        return x509(RSA, element(BIT_STRING, NO_UNUSED_BITS, rsaPublicKey));
    }

    /** A key of X.509 out of what is in its algorithm, and of an element with its bits. */
    static byte[] x509(byte[] algorithm, byte[] bits) {
        return element(SEQUENCE, element(SEQUENCE, algorithm), bits);
    }

    /** A private key of PKCS#1 as one of PKCS#8. */
    static byte[] pkcs8(byte[] rsaPrivateKey) {
        return identified(element(SEQUENCE, RSA), rsaPrivateKey);
    }

    /** A private key of SEC 1 as one of PKCS#8. */
    static byte[] pkcs8OfCurve(byte[] curve, byte[] ecPrivateKey) {
        return identified(element(SEQUENCE, EC, curve), ecPrivateKey);
    }

    /** A private key of PKCS#8 out of what is in its algorithm, and of its bytes. */
    static byte[] pkcs8(byte[] algorithm, byte[] privateKey) {
        return identified(element(SEQUENCE, algorithm), privateKey);
    }

    private static byte[] identified(byte[] algorithm, byte[] privateKey) {
        return element(SEQUENCE, VERSION_0, algorithm, element(OCTET_STRING, privateKey));
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            int size = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            out.write(0x80 + size);
            for (int i = size - 1; i >= 0; i--) {
                out.write(length >> 8 * i);
            }
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /**
     * The content of the first element of this kind of a sequence, one level down.
     *
     * @throws PemException if that is no sequence
     */
    static Optional<byte[]> find(byte[] sequence, int tag) throws PemException {
        ByteBuffer elements = ByteBuffer.wrap(content(ByteBuffer.wrap(sequence), SEQUENCE));
        while (elements.hasRemaining()) {
            int found = elements.get(elements.position()) & 0xff;
            byte[] content = content(elements, found);
            if (found == tag) {
                return Optional.of(content);
            }
        }
        return Optional.empty();
    }

    private static byte[] content(ByteBuffer in, int tag) throws PemException {
        try {
            if ((in.get() & 0xff) != tag) {
                throw new PemException("malformed DER");
            }
            int length = in.get() & 0xff;
            if (length > 0x80 && length <= 0x84) {
                int size = length - 0x80;
                length = 0;
                for (int i = 0; i < size; i++) {
                    length = length << 8 | in.get() & 0xff;
                }
            }
            if (length < 0 || length > in.remaining()) {
                throw new PemException("malformed DER");
            }
            byte[] content = new byte[length];
            in.get(content);
            return content;
        } catch (BufferUnderflowException e) {
            throw new PemException("malformed DER", e);
        }
    }
}
