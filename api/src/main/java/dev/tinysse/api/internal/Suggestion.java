package dev.tinysse.api.internal;

import java.util.Collection;
import java.util.Comparator;

/**
 * Suggests a known name for an unknown one. Safe for any thread.
 */
public final class Suggestion {

    private Suggestion() {}

    /**
     * The suggestion to print behind an unknown name.
     *
     * @param word that name, not null
     * @param names those that are known
     * @return the words ", did you mean NAME?" with the nearest name, or an empty text when none is near
     */
    public static String of(String word, Collection<String> names) {
        return names.stream().min(Comparator.comparingInt(name -> distance(word, name)))
                .filter(name -> distance(word, name) <= 1 + word.length() / 4)
                .map(name -> ", did you mean " + name + "?").orElse("");
    }

    /** The edit distance of two words. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
