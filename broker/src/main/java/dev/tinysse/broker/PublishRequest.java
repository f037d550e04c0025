package dev.tinysse.broker;

import dev.tinysse.api.Publication;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The publications of one request: those that the hook accepts stand next to each other in the order of publication.
 *
 * @param publications at least one
 * @param once to publish them only once, however often the request is sent
 */
public record PublishRequest(List<Publication> publications, Optional<Once> once) {
    /** Copies the publications. */
    public PublishRequest {
        publications = List.copyOf(publications);
        Objects.requireNonNull(once);
        if (publications.isEmpty()) {
            throw new IllegalArgumentException("there must be something to publish");
        }
    }

    /**
     * What tells a repetition of a request.
     *
     * @param channel that the request names
     * @param key 1 to 128 printable ASCII characters
     * @param digest of the content: a repetition has the same
     * @param response what the publisher is told, from the results; called on any thread, waits for nothing
     */
    public record Once(String channel, String key, String digest, Function<List<PublishResult>, String> response) {
        /** Checks that nothing is null. */
        public Once {
            Objects.requireNonNull(channel);
            Objects.requireNonNull(key);
            Objects.requireNonNull(digest);
            Objects.requireNonNull(response);
        }
    }
}
