package dev.tinysse.jinja;

/** A place in the source of a template. */
final class Cursor {

    private final String source;
    private int position;
    private int line = 1;

    Cursor(String source) {
        this.source = source;
    }

    int line() {
        return line;
    }

    /** How many characters there are from here to the end. */
    int remaining() {
        return source.length() - position;
    }

    boolean atEnd() {
        return position >= source.length();
    }

    /** The character at this distance, 0 behind the end. */
    char at(int offset) {
        int index = position + offset;
        return index < source.length() ? source.charAt(index) : 0;
    }

    boolean startsWith(String prefix, int offset) {
        return source.startsWith(prefix, position + offset);
    }

    /** The distance of the next occurrence from here, -1 if there is none. */
    int find(String text, int offset) {
        int found = source.indexOf(text, position + offset);
        return found < 0 ? -1 : found - position;
    }

    String peek(int length) {
        return source.substring(position, position + length);
    }

    /** Goes on behind this many characters and returns them. */
    String take(int length) {
        String taken = peek(length);
        for (int i = 0; i < length; i++) {
            if (taken.charAt(i) == '\n') {
                line++;
            }
        }
        position += length;
        return taken;
    }

    String takeRest() {
        return take(remaining());
    }

    void skipIf(char c) {
        if (at(0) == c && !atEnd()) {
            take(1);
        }
    }

    void skipWhite() {
        int length = 0;
        while (position + length < source.length() && Chars.isWhite(at(length))) {
            length++;
        }
        take(length);
    }

    /** Whether only whitespace lies between the start of the line and the place at this distance. */
    boolean onlyWhiteBefore(int offset) {
        for (int i = position + offset - 1; i >= 0; i--) {
            char c = source.charAt(i);
            if (c == '\n' || c == '\r') {
                return true;
            }
            if (!Chars.isWhite(c)) {
                return false;
            }
        }
        return true;
    }
}
