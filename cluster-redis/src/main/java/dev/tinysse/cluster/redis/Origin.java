package dev.tinysse.cluster.redis;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a record of this node comes from; Redis stores it as {@code NODE:BATCH:REQUEST.ITEM}. Immutable.
 *
 * @param batch its number
 * @param request the number of the request in the batch, from 1 on
 * @param item the number of the publication in the request, from 0 on
 */
record Origin(long batch, int request, int item) {
    /** The origin of a record, if it is of this node. */
    static Optional<Origin> of(byte[] field, String instance) {
        String text = new String(field, StandardCharsets.ISO_8859_1);
        int begin = instance.length() + 1;
        if (!text.startsWith(instance) || !text.startsWith(":", begin - 1)) {
            return Optional.empty();
        }
        int request = text.indexOf(':', begin) + 1;
        int item = text.indexOf('.', request) + 1;
        return Optional.of(new Origin(Long.parseLong(text, begin, request - 1, 10),
                Integer.parseInt(text, request, item - 1, 10), Integer.parseInt(text, item, text.length(), 10)));
    }
}
