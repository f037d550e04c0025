package dev.tinysse.streams.model;

import java.util.Optional;

/**
 * What a request to create a fork states.
 *
 * @param source name of the source
 * @param offset where the fork begins; empty for the tail of the source
 * @param further bytes behind the offset, or messages of JSON; at least 0
 */
public record ForkRequest(String source, Optional<ReadStart> offset, long further) {}
