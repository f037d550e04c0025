package dev.tinysse.server.rights;

import dev.tinysse.broker.log.ChannelSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether every name that a pattern matches is also matched by one of several others. For one thread, and one question.
 *
 * <p>It goes down the segments of the pattern, with the rights that may still match; where the pattern leaves a segment open, once
 * with each name that a right has there, and once with any other. That is exact, but for patterns whose answer takes very many
 * steps: these are refused, unless one right alone allows them.
 */
final class PatternCover {
    private static final String ONE = "*";
    private static final String MANY = "**";
    /** Stands for a segment that no right names. */
    private static final String OTHER = "";
    private static final int MAX_STEPS = 10_000;

    private final List<String> wanted;
    private int steps;

    private PatternCover(String wanted) {
        this.wanted = segments(wanted);
    }

    /** Whether {@code rights} match every name that {@code pattern} matches. */
    static boolean covers(ChannelSet rights, String pattern) {
        List<List<String>> all = rights.texts().stream().map(PatternCover::segments).toList();
        return all.stream().anyMatch(right -> new PatternCover(pattern).isCovered(0, List.of(right)))
                || new PatternCover(pattern).isCovered(0, all);
    }

    private static List<String> segments(String pattern) {
        return List.of(pattern.split("\\.", -1));
    }

    /** Whether these rights, which have matched all segments before, match all that the pattern goes on with. */
    private boolean isCovered(int at, List<List<String>> rights) {
        if (rights.isEmpty() || ++steps > MAX_STEPS) {
            return false;
        }
        if (at >= wanted.size()) { // a name may end here
            boolean ends = rights.stream().anyMatch(right -> right.size() == at);
            if (!ends || !isOpen()) {
                return ends;
            }
        }
        if (rights.stream().anyMatch(right -> at == right.size() - 1 && right.get(at).equals(MANY))) {
            return true; // it matches one more segment, and all behind
        }
        for (String segment : next(at, rights)) {
            if (!isCovered(at + 1, rights.stream().filter(right -> matches(right, at, segment)).toList())) {
                return false;
            }
        }
        return true;
    }

    /** The possible values of the next segment of a name, as far as permissions distinguish segments. */
    private Set<String> next(int at, List<List<String>> rights) {
        String segment = at < wanted.size() ? wanted.get(at) : MANY;
        if (!segment.equals(ONE) && !segment.equals(MANY)) {
            return Set.of(segment);
        }
        Set<String> all = new HashSet<>(Set.of(OTHER));
        rights.stream().filter(right -> at < right.size() && !right.get(at).startsWith(ONE))
                .forEach(right -> all.add(right.get(at)));
        return all;
    }

    private static boolean matches(List<String> right, int at, String segment) {
        return at < right.size() && (right.get(at).equals(segment) || right.get(at).startsWith(ONE));
    }

    private boolean isOpen() {
        return wanted.getLast().equals(MANY);
    }
}
