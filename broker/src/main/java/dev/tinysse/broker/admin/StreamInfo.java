package dev.tinysse.broker.admin;

import java.util.List;
import java.util.Optional;

/**
 * An open stream, as it was at one moment.
 *
 * @param id its name for operators
 * @param address of its client, {@code 192.0.2.1:50123}
 * @param channels the names and patterns that it asks for
 * @param opened when it was opened, in milliseconds since 1970
 * @param messages how many its client has been sent whole, replayed ones included
 * @param bytes that went to its socket, the response's head included
 * @param behind how many messages there are for it that it has not been sent
 * @param lost messages that it has not been sent for being too far behind
 * @param sub the user, if that is known
 * @param node where it is
 */
public record StreamInfo(StreamId id, String address, List<String> channels, long opened, long messages, long bytes,
        long behind, long lost, Optional<String> sub, String node) {
    /** Copies the channels. */
    public StreamInfo {
        channels = List.copyOf(channels);
    }
}
