package dev.tinysse.client.http;

import java.io.IOException;
import java.time.Duration;

/**
 * A request that may be redirected, up to five times; one with a body only by 307 and 308. The connection of the last response stays open, and belongs to the caller.
 *
 * @param connection that of the response
 * @param response the response, which is no redirect that was followed
 * @param address that it came from
 */
public record Exchange(Connection connection, Response response, Address address) implements AutoCloseable {
    private static final int MAX_REDIRECTS = 5;

    /**
     * Asks, on a connection of its own.
     *
     * @param request what to ask; its token goes to no other host
     * @param silence how long a read may wait; zero for any time
     * @throws IOException if there is no response, or there are too many redirects
     */
    public static Exchange of(Request request, Duration silence) throws IOException {
        return on(Connection.open(request.address(), silence), request, silence);
    }

    /**
     * Asks, first on this connection, which is closed if another one takes its place.
     *
     * @param connection to the address of the request
     * @throws IOException if there is no response, or there are too many redirects; the connection is closed
     */
    public static Exchange on(Connection connection, Request request, Duration silence) throws IOException {
        Connection current = connection;
        Request asked = request;
        try {
            for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
                Response response = current.exchange(asked);
                if (!follows(asked, response)) {
                    return new Exchange(current, response, asked.address());
                }
                current.close();
                asked = asked.to(target(asked.address(), response));
                current = Connection.open(asked.address(), silence);
            }
            throw new IOException("more than " + MAX_REDIRECTS + " redirects");
        } catch (IOException | RuntimeException e) {
            current.close();
            throw e;
        }
    }

    /** {@return whether a redirect is followed; what is published is sent on only by those that keep the method} */
    private static boolean follows(Request request, Response response) {
        return response.isRedirect()
                && (request.method().equals("GET") || response.status() == 307 || response.status() == 308);
    }

    private static Address target(Address from, Response response) throws IOException {
        try {
            return from.resolve(response.header("location").orElseThrow());
        } catch (IllegalArgumentException e) {
            throw new IOException("redirected to an invalid address: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
