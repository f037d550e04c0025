package dev.tinysse.cluster.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * The epochs of a cluster, oldest first. Immutable.
 *
 * @param all never empty
 */
record Epochs(List<Epoch> all) {
    /** Before Redis has responded. */
    static final Epochs UNKNOWN = new Epochs(List.of(new Epoch("00000000", 0)));
    private static final int MAX = 64;

    /**
     * One of them.
     *
     * @param name a part of ids
     * @param begin the position behind which it is
     */
    record Epoch(String name, long begin) {}

    /** Copies the list. */
    Epochs {
        all = List.copyOf(all);
    }

    /** {@return those that Redis reports, and earlier ones that it does not know any more} */
    Epochs with(String text) {
        List<Epoch> told = new ArrayList<>();
        for (String entry : text.split(" ")) {
            int colon = entry.indexOf(':');
            told.add(new Epoch(entry.substring(0, colon),
                    StreamIds.position(
                            entry.substring(colon + 1).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))));
        }
        if (this == UNKNOWN || told.equals(all)) {
            return told.equals(all) ? this : new Epochs(told);
        }
        List<Epoch> merged = new ArrayList<>();
        all.stream().filter(epoch -> told.stream().noneMatch(other -> other.name.equals(epoch.name)))
                .forEach(merged::add);
        merged.addAll(told);
        return new Epochs(merged.subList(Math.max(0, merged.size() - MAX), merged.size()));
    }

    Epoch current() {
        return all.getLast();
    }

    /** {@return the name of the epoch of a position} */
    String at(long position) {
        for (int i = all.size() - 1; i > 0; i--) {
            if (all.get(i).begin <= position) {
                return all.get(i).name;
            }
        }
        return all.getFirst().name;
    }

    boolean hadBefore(String name) {
        return this != UNKNOWN && all.stream().anyMatch(epoch -> epoch.name.equals(name))
                && !current().name.equals(name);
    }

    boolean knows(String name) {
        return all.stream().anyMatch(epoch -> epoch.name.equals(name));
    }

    /** As scripts take them. */
    @Override
    public String toString() {
        return this == UNKNOWN
                ? ""
                : String.join(" ",
                        all.stream().map(epoch -> epoch.name + ":" + StreamIds.text(epoch.begin)).toList());
    }
}
