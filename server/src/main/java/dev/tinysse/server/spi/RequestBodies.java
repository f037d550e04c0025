package dev.tinysse.server.spi;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Reads the bodies of requests, within limits. For the thread that handles the request. */
public interface RequestBodies {
    /**
     * Reads a body to its end.
     *
     * @return its bytes, none if there is no body
     * @throws io.helidon.webserver.CloseConnectionException if the body is too long or malformed, and the response has been sent
     */
    byte[] read(ServerRequest request, ServerResponse response);

    /**
     * Begins to read a body whose length is not known, while it arrives.
     *
     * @return the body
     */
    StreamedBody stream(ServerRequest request, ServerResponse response);
}
