package dev.tinysse.server.spi;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.Optional;

/** Authenticates and authorizes requests for durable streams. Any thread may call any method. */
public interface StreamAccess {
    /** What a request needs the permission for. */
    enum Permission {
        /** To read. */
        READ,
        /** To create, append, close and delete. */
        WRITE,
        /** To close; {@link #WRITE} permits that, too. */
        CLOSE
    }

    /**
     * A permission that a request has.
     *
     * @param expires when its token is no longer valid; empty if that never is
     */
    record Grant(Optional<Instant> expires) {}

    /**
     * Finds out whether a request has a permission, and sends the response to one that has not.
     *
     * @param stream name of the stream, which need not exist
     * @return empty if the response has been sent
     */
    Optional<Grant> admit(ServerRequest request, ServerResponse response, Permission permission, String stream);

    /** {@return whether everyone may read a stream} */
    boolean isPublic(String stream);
}
