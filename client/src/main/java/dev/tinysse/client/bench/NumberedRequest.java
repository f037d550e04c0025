package dev.tinysse.client.bench;

import java.nio.charset.StandardCharsets;

/**
 * A request that publishes a message, made again for each message: only the number in its text differs. Immutable.
 *
 * @param bytes the request of any message
 * @param position where in it the digits of the number begin
 */
record NumberedRequest(byte[] bytes, int position) {
    private static final int TEN = 10;

    /**
     * From the request of any message of the run.
     *
     * @throws IllegalArgumentException if it has no marker of this run
     */
    static NumberedRequest of(byte[] bytes, Marker marker) {
        int run = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(marker.run());
        if (run < 0) {
            throw new IllegalArgumentException("not a message of this run");
        }
        return new NumberedRequest(bytes, run + marker.run().length());
    }

    /** The request of the message with this number. */
    byte[] number(long number) {
        byte[] numbered = bytes.clone();
        long left = number;
        for (int i = position + Marker.DIGITS - 1; i >= position; i--) {
            numbered[i] = (byte) ('0' + left % TEN);
            left /= TEN;
        }
        return numbered;
    }
}
