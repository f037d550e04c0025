package dev.tinysse.server.body;

import dev.tinysse.api.Message;
import java.util.Optional;

/**
 * What a body or a line of one holds.
 *
 * @param message perhaps empty
 * @param channel the field of that name, as it was sent; none where it has no meaning
 */
public record PostedMessage(Message message, Optional<String> channel) {}
