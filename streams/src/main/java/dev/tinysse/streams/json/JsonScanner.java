package dev.tinysse.streams.json;

import java.util.BitSet;

/**
 * Validates JSON in UTF-8 (<a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>) without making anything of it, to any depth.
 * For one thread, and one text.
 */
final class JsonScanner {
    private final byte[] text;
    private final int start;
    private final int end;
    private int at;
    /** For each open bracket whether it is an object's. */
    private final BitSet objects = new BitSet();

    /**
     * A scanner.
     *
     * @param text has the JSON from {@code at} to {@code end}
     */
    JsonScanner(byte[] text, int at, int end) {
        this.text = text;
        this.start = at;
        this.at = at;
        this.end = end;
    }

    /** Where it is. */
    int position() {
        return at;
    }

    /** Goes over whitespace. */
    void skipWhitespace() {
        while (at < end && isWhitespace(text[at])) {
            at++;
        }
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** Whether this byte comes next; if so, goes over it. */
    boolean skip(char expected) {
        if (at < end && text[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    /**
     * Goes over a value.
     *
     * @throws JsonException if there is none
     */
    void value() throws JsonException {
        int depth = 0;
        do {
            skipWhitespace();
            if (skip('{')) {
                skipWhitespace();
                if (!skip('}')) {
                    objects.set(depth++);
                    name();
                    continue;
                }
            } else if (skip('[')) {
                skipWhitespace();
                if (!skip(']')) {
                    objects.clear(depth++);
                    continue;
                }
            } else {
                scalar();
            }
            depth = afterValue(depth);
        } while (depth > 0);
    }

    /** Goes over what closes, and over the comma that begins another value; gives the depth of that one. */
    private int afterValue(int open) throws JsonException {
        for (int depth = open; depth > 0; depth--) {
            skipWhitespace();
            boolean inObject = objects.get(depth - 1);
            if (skip(',')) {
                if (inObject) {
                    skipWhitespace();
                    name();
                }
                return depth;
            }
            if (!skip(inObject ? '}' : ']')) {
                throw expected(inObject ? "',' or '}'" : "',' or ']'");
            }
        }
        return 0;
    }

    private void name() throws JsonException {
        if (!skip('"')) {
            throw expected("a name");
        }
        string();
        skipWhitespace();
        if (!skip(':')) {
            throw expected("':'");
        }
    }

    private void scalar() throws JsonException {
        if (at == end) {
            throw expected("a value");
        }
        switch (text[at]) {
            case '"' -> {
                at++;
                string();
            }
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void literal(String literal) throws JsonException {
        for (int i = 0; i < literal.length(); i++) {
            if (!skip(literal.charAt(i))) {
                throw expected("a value");
            }
        }
    }

    private void number() throws JsonException {
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
    }

    private void digits() throws JsonException {
        int from = at;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw expected("a value");
        }
    }

    /** Goes over the rest of a string, behind its first quote. */
    private void string() throws JsonException {
        while (at < end) {
            int b = text[at++];
            if (b == '"') {
                return;
            }
            if (b == '\\') {
                escape();
            } else if (b >= 0 && b < ' ') {
                throw error("control character in a string");
            } else if (b < 0) {
                at--;
                character();
            }
        }
        throw expected("the end of a string");
    }

    private void escape() throws JsonException {
        int b = at < end ? text[at++] : -1;
        if (b == 'u') {
            for (int i = 0; i < 4; i++) {
                if (at == end || Character.digit(text[at], 16) < 0) {
                    throw expected("a hexadecimal digit");
                }
                at++;
            }
        } else if ("\"\\/bfnrt".indexOf(b) < 0) {
            throw error("malformed escape in a string");
        }
    }

    /** Goes over a character of several bytes, as table 3-7 of the Unicode Standard has them. */
    private void character() throws JsonException {
        int first = text[at] & 0xff;
        int second = at + 1 < end ? text[at + 1] & 0xff : 0;
        int length = Utf8Prefix.length(first);
        boolean valid = length > 0 && at + length <= end && second >= Utf8Prefix.minSecond(first)
                && second <= Utf8Prefix.maxSecond(first);
        for (int i = 2; valid && i < length; i++) {
            valid = Utf8Prefix.isContinuation(text[at + i]);
        }
        if (!valid) {
            throw error("text is not UTF-8");
        }
        at += length;
    }

    /** An error where it is. */
    JsonException expected(String what) {
        return error(what + " is expected");
    }

    private JsonException error(String rule) {
        return new JsonException(rule, at - start);
    }

    static boolean isWhitespace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
