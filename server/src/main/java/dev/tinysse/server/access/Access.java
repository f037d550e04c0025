package dev.tinysse.server.access;

import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** Authenticates requests. Safe for any thread; a call may wait for a key set that is being fetched. */
public interface Access {
    /** {@return the query parameter that may bring a token, which is not for hooks and history} */
    Optional<String> secretParameter();

    /**
     * The caller of a publish request.
     *
     * @param request not null
     * @return the caller, perhaps without any right
     * @throws AccessDeniedException if what the request brings is not valid, or it brings nothing and nobody may publish so, or it came in a cookie for a page of others
     */
    Caller publisher(ServerRequest request) throws AccessDeniedException;

    /**
     * The caller of a subscribe request.
     *
     * @param request not null
     * @return the caller, perhaps without any right
     * @throws AccessDeniedException if what the request brings is not valid
     */
    Caller subscriber(ServerRequest request) throws AccessDeniedException;
}
