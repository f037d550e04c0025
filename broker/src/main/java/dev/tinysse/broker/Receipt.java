package dev.tinysse.broker;

/**
 * What a publisher is told.
 *
 * @param queued messages that some stream has not taken yet, the new one included; 0 without streams
 * @param subscribers streams that the message was queued for
 */
public record Receipt(int queued, int subscribers) {}
