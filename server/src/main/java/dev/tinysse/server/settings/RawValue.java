package dev.tinysse.server.settings;

/**
 * A value as the user wrote it.
 *
 * @param text the value
 * @param origin the flag, the variable, or the key and its file
 */
record RawValue(String text, String origin) {

    /** A text as messages show it: in quotes when it is empty or has blanks. */
    static String shown(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(Character::isWhitespace);
        return plain ? text : '"' + text + '"';
    }
}
