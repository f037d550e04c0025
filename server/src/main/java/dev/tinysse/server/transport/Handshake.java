package dev.tinysse.server.transport;

import java.io.IOException;

/** The first exchange of a connection before its first byte can be read. */
@FunctionalInterface
interface Handshake {
    /** None: the client speaks HTTP at once, or has carried it out. */
    Handshake NONE = () -> 0;

    /**
     * Goes on as far as that is possible without waiting.
     *
     * @return the operation of {@link java.nio.channels.SelectionKey} to wait for; 0 when it is complete, and below 0 if the client
     *         speaks something else
     * @throws IOException if it has failed
     */
    int step() throws IOException;
}
