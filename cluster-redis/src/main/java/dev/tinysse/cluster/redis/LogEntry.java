package dev.tinysse.cluster.redis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The messages of an entry of the log. Immutable.
 *
 * @param first the position of the first one; the others follow without a gap
 * @param messages in their order
 * @param previous for each, the position before it in its channel; 0 without history
 */
record LogEntry(long first, List<StoredMessage> messages, List<Long> previous) {
    /**
     * Reads an entry.
     *
     * @param last its position
     * @param parts for each part, the last position before it in its channel with the offsets, and the content
     * @param stored whether there is a history
     */
    static LogEntry of(long last, List<?> parts, boolean stored) {
        StoredMessage[][] read = new StoredMessage[parts.size() / 2][];
        int count = 0;
        for (int i = 0; i < read.length; i++) {
            byte[] head = (byte[]) parts.get(2 * i);
            read[i] = StoredMessage.of(head, space(head) + 1, (byte[]) parts.get(2 * i + 1))
                    .toArray(StoredMessage[]::new);
            count += read[i].length;
        }
        long first = last - count + 1;
        StoredMessage[] messages = new StoredMessage[count];
        long[] previous = new long[count];
        for (int i = 0; i < read.length; i++) {
            byte[] head = (byte[]) parts.get(2 * i);
            long before = StreamIds.position(Arrays.copyOf(head, space(head)));
            for (StoredMessage message : read[i]) {
                messages[message.offset()] = message;
                previous[message.offset()] = before;
                before = stored ? first + message.offset() : before;
            }
        }
        return new LogEntry(first, List.of(messages), LongStream.of(previous).boxed().toList());
    }

    private static int space(byte[] head) {
        int at = 0;
        while (head[at] != ' ') {
            at++;
        }
        return at;
    }
}
