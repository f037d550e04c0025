package dev.tinysse.cluster.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where an entry of the log with messages of this node comes from; Redis stores it as {@code NODE:BATCH:BEFORE:REPEATED}. Immutable.
 *
 * @param batch its number
 * @param before how many publications of the batch are in entries before this one
 * @param repeated the numbers of requests, from 1 on, that Redis has not appended, since their keys have been used
 */
record Origin(long batch, int before, Set<Integer> repeated) {
    /** The origin of an entry, if it is of this node. */
    static Optional<Origin> of(byte[] field, String instance) {
        String text = new String(field, StandardCharsets.ISO_8859_1);
        int begin = instance.length() + 1;
        if (!text.startsWith(instance) || !text.startsWith(":", begin - 1)) {
            return Optional.empty();
        }
        int before = text.indexOf(':', begin) + 1;
        int repeated = text.indexOf(':', before) + 1;
        return Optional.of(new Origin(Long.parseLong(text, begin, before - 1, 10),
                Integer.parseInt(text, before, repeated - 1, 10), numbers(text.substring(repeated))));
    }

    private static Set<Integer> numbers(String list) {
        return list.isEmpty()
                ? Set.of()
                : Arrays.stream(list.split(",")).map(Integer::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
