package dev.tinysse.server.files;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Which bytes of a file a {@code Range} header asks for, RFC 9110, section 14.1.2. */
sealed interface ByteRange {

    /** All of them: the header says nothing that this server heeds. */
    record Whole() implements ByteRange {}

    /**
     * Some of them.
     *
     * @param first the first byte, counted from 0
     * @param last the last byte, within the file
     */
    record Part(long first, long last) implements ByteRange {}

    /** None: the range lies beyond the end. */
    record BeyondEnd() implements ByteRange {}

    /** One range of bytes with a first byte, a last byte or both; or, without the first, that many from the end. */
    Pattern ONE = Pattern.compile("(?i)bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*");

    /**
     * Reads a header. Other units, several ranges at once and what cannot be understood ask for the whole file, as
     * section 14.2 allows: a client then gets more than it asked for, but nothing wrong.
     *
     * @param header the value of the header
     * @param size bytes in the file
     */
    static ByteRange of(String header, long size) {
        var one = ONE.matcher(header);
        if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return new Whole();
        }
        return one.group(1).isEmpty()
                ? suffix(number(one.group(2)), size)
                : from(number(one.group(1)), one.group(2).isEmpty() ? Long.MAX_VALUE : number(one.group(2)), size);
    }

    private static ByteRange from(long first, long last, long size) {
        if (last < first) {
            return new Whole();
        }
        return first < size ? new Part(first, Math.min(last, size - 1)) : new BeyondEnd();
    }

    private static ByteRange suffix(long length, long size) {
        if (length == 0) {
            return new BeyondEnd();
        }
        // the end of an empty file is available, but Content-Range cannot express it
        return size == 0 ? new Whole() : new Part(Math.max(0, size - length), size - 1);
    }

    /** A number of any length; what does not fit is more than any file has. */
    private static long number(String digits) {
        return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }
}
