package dev.tinysse.broker.log;

import java.util.Optional;

/**
 * The counts and the id for the response to a publisher.
 *
 * @param queued messages of the channel that some stream has not taken yet, the new one included; 0 without streams
 * @param subscribers streams that the message was queued for
 * @param id what goes out with the message, if the log keeps it; empty otherwise
 */
public record Receipt(int queued, int subscribers, Optional<String> id) {}
