package dev.tinysse.broker.stream;

import dev.tinysse.api.GapReason;
import java.util.List;
import java.util.Optional;

/**
 * Reports to a client that some messages after its last event are not available.
 *
 * @param id from which resuming is exact; none without history
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
