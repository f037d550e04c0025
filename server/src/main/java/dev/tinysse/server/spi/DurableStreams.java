package dev.tinysse.server.spi;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** Serves all requests at and below one path. Any thread may call any method. */
public interface DurableStreams extends AutoCloseable {
    /**
     * Responds to a request. The calling thread may wait.
     *
     * @param path of the request, as it came, below that of the streams; empty if it is that one
     */
    void handle(ServerRequest request, ServerResponse response, String path);

    /** {@return the methods of requests} */
    List<String> methods();

    /** {@return the names of request headers that pages of other origins need} */
    List<String> requestHeaders();

    /** {@return the names of response headers that pages of other origins need} */
    List<String> responseHeaders();

    /** Ends event streams and waits, and refuses to write from now on. */
    void drain();

    /** Closes the store. */
    @Override
    void close();
}
