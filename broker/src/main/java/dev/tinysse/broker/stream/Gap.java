package dev.tinysse.broker.stream;

import dev.tinysse.api.GapReason;
import java.util.List;
import java.util.Optional;

/**
 * What a client is told when it cannot have all that follows the last event it has seen.
 *
 * @param id from which coming back is exact; none without history
 * @param after the id behind which something is missing; none without history
 * @param reason why
 * @param channels those concerned, as far as they are known; may be empty
 */
public record Gap(Optional<String> id, Optional<String> after, GapReason reason, List<String> channels) {
    /** Copies the channels. */
    public Gap {
        channels = List.copyOf(channels);
    }
}
