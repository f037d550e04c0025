package dev.tinysse.streams.http;

import dev.tinysse.streams.log.DurableStream;
import java.time.Instant;
import java.util.Optional;

/**
 * An event stream of a durable stream.
 *
 * @param stream to read
 * @param position where to begin
 * @param plain whether the client does not speak the protocol
 * @param cursor that the client has received last, as it came
 * @param expires when the permission to read ends; empty if it does not
 */
record LiveRead(DurableStream stream, long position, boolean plain, Optional<String> cursor,
        Optional<Instant> expires) {}
