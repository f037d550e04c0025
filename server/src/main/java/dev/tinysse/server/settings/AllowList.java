package dev.tinysse.server.settings;

import java.util.List;

/**
 * The values that a CORS option allows: anything, or the listed ones.
 *
 * @param any whether everything is allowed, in which case nothing is listed
 * @param names what else is allowed, in their order and without duplicates; none means nothing is
 */
public record AllowList(boolean any, List<String> names) {

    /** Allows everything, written {@code *}. */
    public static final AllowList ANY = new AllowList(true, List.of());

    /** Takes a copy of the names. */
    public AllowList {
        names = names.stream().distinct().toList();
        if (any && !names.isEmpty()) {
            throw new IllegalArgumentException("a list that allows anything has no names: names=" + names);
        }
    }

    /**
     * Allows these and nothing else.
     *
     * @param names what is allowed; without any, nothing is
     * @return the list
     */
    public static AllowList of(List<String> names) {
        return new AllowList(false, names);
    }
}
