package dev.tinysse.client.sub;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command into words as a shell does, and does nothing else of what a shell does: blanks separate, quotes keep blanks, a
 * backslash outside of single quotes takes the next character as it is.
 */
public final class CommandWords {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int position;

    private CommandWords(String text) {
        this.text = text;
    }

    /**
     * The words of a command.
     *
     * @throws IllegalArgumentException if a quote is not closed or there is no word
     */
    public static List<String> of(String text) {
        CommandWords words = new CommandWords(text);
        words.split();
        return List.copyOf(words.words);
    }

    private void split() {
        while (position < text.length()) {
            char c = text.charAt(position++);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> endWord();
                case '\'', '"' -> quoted(c);
                default -> add(c == '\\' ? escaped() : c);
            }
        }
        endWord();
        if (words.isEmpty()) {
            throw new IllegalArgumentException("must name a command");
        }
    }

    private void quoted(char quote) {
        inWord = true;
        for (char c = next(); c != quote; c = next()) {
            add(c == '\\' && quote == '"' ? escaped() : c);
        }
    }

    private char next() {
        if (position == text.length()) {
            throw new IllegalArgumentException("has a quote that is not closed");
        }
        return text.charAt(position++);
    }

    private char escaped() {
        return position == text.length() ? '\\' : text.charAt(position++);
    }

    private void add(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
        }
        inWord = false;
        word.setLength(0);
    }
}
