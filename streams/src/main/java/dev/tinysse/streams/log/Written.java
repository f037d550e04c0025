package dev.tinysse.streams.log;

import dev.tinysse.streams.model.Decision;
import java.util.Optional;

/**
 * The result of a write, which is stored now if it was accepted.
 *
 * @param decision about the request
 * @param stream as it is then; empty if there is none
 */
public record Written(Decision decision, Optional<StreamView> stream) {}
