package dev.tinysse.server.requests;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** The first line of a response. */
public final class StatusLine {
    private static final byte[] BEGIN = "HTTP/1.1 ".getBytes(US_ASCII);
    private static final int DIGITS = 3;
    private static final int MIN_FINAL = 200;

    private StatusLine() {}

    /** {@return the status of a response that begins here; 0 if none does, or one that another follows} */
    public static int finalStatus(byte[] bytes) {
        int end = BEGIN.length + DIGITS;
        if (bytes.length < end || !Arrays.equals(bytes, 0, BEGIN.length, BEGIN, 0, BEGIN.length)) {
            return 0;
        }
        int status = Integer.parseInt(new String(bytes, BEGIN.length, DIGITS, US_ASCII));
        return status < MIN_FINAL ? 0 : status;
    }
}
