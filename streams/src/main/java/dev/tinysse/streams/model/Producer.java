package dev.tinysse.streams.model;

/**
 * An append of an idempotent producer (section 5.2.1 of the protocol).
 *
 * @param id of the producer, not empty
 * @param epoch at least 0
 * @param seq number of the append in its epoch, at least 0
 */
public record Producer(String id, long epoch, long seq) {}
