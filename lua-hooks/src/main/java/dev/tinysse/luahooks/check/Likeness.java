package dev.tinysse.luahooks.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what may be meant by a name that is not there. */
final class Likeness {
    private static final int LIKENESS = 4;
    /** Of shorter names too many are alike. */
    private static final int MIN_LENGTH = 3;

    private Likeness() {}

    /** The words ", did you mean NAME?" with the nearest name, or nothing if none is near. */
    static String meant(String name, Collection<String> names) {
        return nearest(name, names).map(near -> ", did you mean " + near + "?").orElse("");
    }

    /** The one of {@code names} that is nearly {@code name}. */
    static Optional<String> nearest(String name, Collection<String> names) {
        return names.stream().filter(_ -> name.length() >= MIN_LENGTH)
                .min(Comparator.<String>comparingInt(known -> distance(name, known))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(known -> distance(name, known) <= Math.max(1, name.length() / LIKENESS));
    }

    /** How many letters must be put in, taken out, replaced or swapped with the next to make one word of the other. */
    static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : distance(from, to, steps, i, j);
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int distance(String from, String to, int[][] steps, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int least = Math.min(steps[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, 1 + steps[i - 2][j - 2]) : least;
    }
}
