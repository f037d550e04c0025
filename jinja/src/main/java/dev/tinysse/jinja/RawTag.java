package dev.tinysse.jinja;

/**
 * A tag of one word, {@code raw} or {@code endraw}.
 *
 * @param end     where it ends, from the cursor
 * @param closing the character before its end, which may be {@code -} or {@code +}
 */
record RawTag(int end, char closing) {

    /** The tag at this place behind the opening of a block, null if it is another one. */
    static RawTag at(Cursor cursor, int start, String name, boolean withSign) {
        int at = start;
        if (withSign && isSign(cursor.at(at))) {
            at++;
        }
        at = skipWhite(cursor, at);
        if (!cursor.startsWith(name, at)) {
            return null;
        }
        at = skipWhite(cursor, at + name.length());
        char closing = 0;
        if (isSign(cursor.at(at))) {
            closing = cursor.at(at++);
        }
        return cursor.startsWith("%}", at) ? new RawTag(at + 2, closing) : null;
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+';
    }

    private static int skipWhite(Cursor cursor, int start) {
        int at = start;
        while (Chars.isAsciiWhite(cursor.at(at))) {
            at++;
        }
        return at;
    }
}
