package dev.tinysse.cluster.redis;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where an entry of the log with messages of this node comes from; Redis stores it as {@code NODE:BATCH:ENTRY}. Immutable.
 *
 * @param batch its number
 * @param entry the number of the entry in the batch, from 0 on
 */
record Origin(long batch, int entry) {
    /** The origin of an entry, if it is of this node. */
    static Optional<Origin> of(byte[] field, String instance) {
        String text = new String(field, StandardCharsets.ISO_8859_1);
        int begin = instance.length() + 1;
        if (!text.startsWith(instance) || !text.startsWith(":", begin - 1)) {
            return Optional.empty();
        }
        int entry = text.indexOf(':', begin) + 1;
        return Optional.of(new Origin(Long.parseLong(text, begin, entry - 1, 10),
                Integer.parseInt(text, entry, text.length(), 10)));
    }
}
