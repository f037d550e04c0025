package dev.tinysse.broker.publish;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.log.PublishKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The publications of one request: those that the hook accepts stand next to each other in the order of publication.
 *
 * @param publications at least one; one alone if it is no batch
 * @param batch whether the response has a line for each publication; if not, it is that of the only one
 * @param key to publish them only once, however often the request is sent
 */
public record PublishRequest(List<Publication> publications, boolean batch, Optional<PublishKey> key) {
    /** Copies the publications. */
    public PublishRequest {
        publications = List.copyOf(publications);
        Objects.requireNonNull(key);
        if (publications.isEmpty() || !batch && publications.size() > 1) {
            throw new IllegalArgumentException(
                    "a request that is no batch has one publication, and a batch at least one: "
                            + "publications=" + publications.size());
        }
    }

    /** A request to publish one message, however often it is sent. */
    public static PublishRequest of(Publication publication) {
        return new PublishRequest(List.of(publication), false, Optional.empty());
    }
}
