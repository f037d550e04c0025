package dev.tinysse.server.transport;

import dev.tinysse.broker.stream.StreamChannel;

/**
 * A channel that HTTP is to be spoken on.
 *
 * @param channel connected
 * @param handshake what comes before that
 */
record Accepted(StreamChannel channel, Handshake handshake) {
    /** How many places it takes of those for connections. */
    int places() {
        return channel.isEncrypted() ? RequestMemory.TLS_PLACES : RequestMemory.PLAIN_PLACES;
    }
}
