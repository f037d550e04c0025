package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.PublishKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What the engine remembers of a request with a key. Ids are not known before it is appended; the response has marks where they go.
 *
 * @param name of the key
 * @param digest of the content
 * @param template how many publications, a word that is in no text, and the response with the word and a number in the place of each id
 */
record KeyResponse(String name, String digest, String template) {
    static KeyResponse of(Append append) {
        PublishKey key = append.key().orElseThrow();
        String word = "id" + EventId.newEpoch() + EventId.newEpoch() + "n";
        List<String> ids = new ArrayList<>();
        for (Append.Item item : append.items()) {
            int number = ids.size();
            ids.add(item.publication().message().id().orElseGet(() -> mark(word, number)));
        }
        return new KeyResponse(key.channel() + " " + key.key(), key.digest(),
                ids.size() + " " + word + " " + key.response().apply(ids));
    }

    /**
     * The response with the ids.
     *
     * @param template of a request that was appended
     * @param begin the position of its first publication; the others have the next ones
     * @param epochs to tell the epoch of positions
     * @param withIds whether messages have ids
     */
    static String response(String template, long begin, Epochs epochs, boolean withIds) {
        String[] parts = template.split(" ", 3);
        String response = parts[2];
        for (int i = 0; i < Integer.parseInt(parts[0]); i++) {
            long position = begin + i;
            response = response.replace(mark(parts[1], i),
                    withIds ? EventId.of(epochs.at(position), position).toString() : "");
        }
        return response;
    }

    private static String mark(String word, int number) {
        return word + number + "e";
    }
}
