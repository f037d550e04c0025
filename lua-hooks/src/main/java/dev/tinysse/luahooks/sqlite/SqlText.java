package dev.tinysse.luahooks.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits a text into its statements, since the driver takes one at a time. It knows as much of SQL as that takes: what is
 * quoted, what is a comment, and that a trigger has semicolons inside and ends with one behind {@code END}.
 */
final class SqlText {

    private static final Set<String> BEFORE_TRIGGER = Set.of("EXPLAIN", "QUERY", "PLAN", "CREATE", "TEMP", "TEMPORARY");

    private final String text;
    private final List<String> statements = new ArrayList<>();
    private int start = -1;
    private int at;
    private Shape shape = Shape.UNKNOWN;
    private Ending ending = Ending.NONE;

    /** The kind of this statement, as far as its words are known. */
    private enum Shape {
        UNKNOWN, PLAIN, TRIGGER
    }

    /** How much of {@code ; END} has just been read. */
    private enum Ending {
        NONE, SEMICOLON, END
    }

    private SqlText(String text) {
        this.text = text;
    }

    /** The statements of {@code text} in their order; empty if it has nothing but whitespace, comments and semicolons. */
    static List<String> statements(String text) {
        return new SqlText(text).split();
    }

    /** Whether the statement begins a transaction. */
    static boolean beginsTransaction(String statement) {
        return statement.length() >= 5 && statement.substring(0, 5).equalsIgnoreCase("BEGIN")
                && (statement.length() == 5 || !isWordPart(statement.charAt(5)));
    }

    private List<String> split() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isSpace(c)) {
                at++;
            } else if (text.startsWith("--", at)) {
                skipPast("\n", 2);
            } else if (text.startsWith("/*", at)) {
                skipPast("*/", 2);
            } else if (c == ';') {
                semicolon();
            } else {
                token(c);
            }
        }
        finish(text.length());
        return statements;
    }

    private void token(char c) {
        if (start < 0) {
            start = at;
        }
        Ending before = ending;
        ending = Ending.NONE;
        switch (c) {
            case '\'', '"', '`' -> skipPast(String.valueOf(c), 1);
            case '[' -> skipPast("]", 1);
            default -> {
                if (isWordPart(c)) {
                    word(before);
                } else {
                    shape = shape == Shape.UNKNOWN ? Shape.PLAIN : shape;
                    at++;
                }
            }
        }
    }

    private void word(Ending before) {
        int from = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        String word = text.substring(from, at).toUpperCase(Locale.ROOT);
        if (before == Ending.SEMICOLON && word.equals("END")) {
            ending = Ending.END;
        }
        if (shape == Shape.UNKNOWN && !BEFORE_TRIGGER.contains(word)) {
            shape = word.equals("TRIGGER") ? Shape.TRIGGER : Shape.PLAIN;
        }
    }

    private void semicolon() {
        if (shape == Shape.TRIGGER && ending != Ending.END) {
            ending = Ending.SEMICOLON;
        } else {
            finish(at);
        }
        at++;
    }

    private void finish(int end) {
        if (start >= 0) {
            statements.add(text.substring(start, end));
        }
        start = -1;
        shape = Shape.UNKNOWN;
        ending = Ending.NONE;
    }

    /** Goes behind the next {@code mark}, or to the end if there is none. */
    private void skipPast(String mark, int opening) {
        int found = text.indexOf(mark, at + opening);
        at = found < 0 ? text.length() : found + mark.length();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }

    private static boolean isWordPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$'
                || c >= 0x80;
    }
}
