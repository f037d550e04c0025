package dev.tinysse.luahooks.check;

import dev.tinysse.api.Hook;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Knows what hooks are called, and what may be meant for one. */
public final class HookNames {
    private static final int LIKENESS = 4;

    private HookNames() {}

    /** The names of all hooks. */
    public static List<String> all() {
        return Arrays.stream(Hook.values()).map(HookNames::of).toList();
    }

    /** The global that holds a hook. */
    public static String of(Hook hook) {
        return hook.name().toLowerCase(Locale.ROOT);
    }

    /** The hook that is meant by a name that is almost its name. */
    public static Optional<String> meantBy(String name) {
        return nearest(name.toLowerCase(Locale.ROOT).replace("_", ""), all()).filter(hook -> !hook.equals(name));
    }

    /** The one of {@code names} that is nearly {@code name}. */
    static Optional<String> nearest(String name, Collection<String> names) {
        return names.stream().min(Comparator.comparingInt(known -> distance(name, known)))
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
