package dev.tinysse.client.pub;

import dev.tinysse.cli.FailedException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Texts of input that has to be UTF-8: an event stream has nothing else. */
final class Utf8 {
    private Utf8() {}

    /**
     * The text of these bytes.
     *
     * @param source of the bytes, for the message
     * @throws FailedException if they are not UTF-8; the message names the first byte that is wrong, from 0
     */
    static String text(byte[] bytes, String source) throws FailedException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new FailedException("%s is not UTF-8, and binary data cannot be published: byte 0x%02x at offset %d"
                    .formatted(source, bytes[in.position()] & 0xff, in.position()));
        }
        return out.flip().toString();
    }
}
