package dev.tinysse.server.routing;

import io.helidon.http.Status;

/** The request cannot be carried out as it is. The text is for the client. */
public final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Status status;

    /** A request that is wrong: status 400. */
    public BadRequestException(String message) {
        this(Status.BAD_REQUEST_400, message);
    }

    public BadRequestException(Status status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public Status status() {
        return status;
    }
}
