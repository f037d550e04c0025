package dev.tinysse.streams.http;

import io.helidon.http.Status;

/** A request is answered with an error, and nothing is done. */
final class RequestException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Status status;

    /** An error for the client. */
    RequestException(Status status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** A 400. */
    static RequestException bad(String message) {
        return new RequestException(Status.BAD_REQUEST_400, message);
    }

    Status status() {
        return status;
    }
}
