package dev.tinysse.cluster.redis;

import dev.tinysse.broker.codec.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in the content of a {@link Part}, as Redis stores it. Immutable.
 *
 * @param offset how many publications of the entry of the log come before it
 * @param content an array with the message in it
 */
record StoredMessage(int offset, byte[] content, int from, int to) {
    /**
     * The messages of a part.
     *
     * @param offsets their offsets as text; empty if they are all publications of an entry
     * @param begin where the text of the offsets begins
     */
    static List<StoredMessage> of(byte[] offsets, int begin, byte[] content) {
        List<StoredMessage> messages = new ArrayList<>();
        String[] numbers = begin == offsets.length
                ? new String[0]
                : new String(offsets, begin, offsets.length - begin, StandardCharsets.ISO_8859_1).split(" ");
        ByteSource source = new ByteSource(content, 0);
        while (source.at() < content.length) {
            int length = source.getCount();
            int at = source.at();
            int number = messages.size();
            messages.add(new StoredMessage(numbers.length == 0 ? number : Integer.parseInt(numbers[number]), content,
                    at, at + length));
            source = new ByteSource(content, at + length);
        }
        return messages;
    }
}
