package dev.tinysse.server.transport;

import io.helidon.webserver.CloseConnectionException;

/** Ends the HTTP side of a connection whose channel remains in use. */
final class Detached extends CloseConnectionException {
    private static final long serialVersionUID = 1;

    Detached() {
        super("the channel has been detached");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
