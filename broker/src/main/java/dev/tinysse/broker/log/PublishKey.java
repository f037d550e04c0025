package dev.tinysse.broker.log;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Makes sure that a request is published once, however often it is sent. A log remembers keys for {@value #MINUTES} minutes, at most
 * {@value #MAX_KEYS}, the newest.
 *
 * @param channel of the request; the same key of another channel is another key
 * @param key 1 to 128 printable ASCII characters
 * @param digest of the request's content: a repetition has the same
 * @param response what the publisher is told, from the ids that the messages have, in order, the empty text for one without an id;
 *        called by the log when it knows them, waits for nothing
 */
public record PublishKey(String channel, String key, String digest, Function<List<String>, String> response) {
    /** How long a key is remembered. */
    public static final int MINUTES = 5;
    /** How many keys are remembered. */
    public static final int MAX_KEYS = 100_000;

    /** Checks that nothing is null. */
    public PublishKey {
        Objects.requireNonNull(channel);
        Objects.requireNonNull(key);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(response);
    }
}
