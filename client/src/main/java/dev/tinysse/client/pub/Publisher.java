package dev.tinysse.client.pub;

import dev.tinysse.cli.FailedException;
import dev.tinysse.cli.Shown;
import dev.tinysse.client.http.Address;
import dev.tinysse.client.http.Connection;
import dev.tinysse.client.http.ErrorText;
import dev.tinysse.client.http.Exchange;
import dev.tinysse.client.http.Request;
import dev.tinysse.client.http.Response;
import dev.tinysse.client.http.Token;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Posts messages, one after the other, over one connection. Nothing is sent twice: when a connection breaks before the response,
 * nobody knows whether the message was published. For one thread.
 */
final class Publisher implements AutoCloseable {
    /** How long a response may take; the server's {@code publish} hook may wait for others. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** After this much idle time the server may have closed the connection. */
    private static final long IDLE_NANOS = Duration.ofMillis(100).toNanos();
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json", "Accept",
            "application/json, application/x-ndjson");

    private final Token token;
    private final Address first;
    private Address address;
    private Connection connection;
    private long lastUsed;

    Publisher(Address address, Token token) {
        first = address;
        this.address = address;
        this.token = token;
    }

    /**
     * Publishes.
     *
     * @param json one message
     * @return what the server says, without line breaks at the end
     * @throws FailedException if it was refused, or nobody knows
     */
    String publish(byte[] json) throws FailedException {
        Request request = new Request("POST", address, HEADERS, json);
        // where a redirect has led to, the token goes only on the same host
        Optional<String> bearer = address.sameOrigin(first) ? token.current() : Optional.empty();
        try {
            Response response = response(bearer.map(request::authorized).orElse(request));
            if (!response.isSuccess()) {
                String text = ErrorText.of(response);
                reuse(response);
                throw new FailedException(address + ": " + (response.isRedirect()
                        ? text + ", publish at " + response.header("location").orElseThrow()
                        : text));
            }
            String body = response.wholeText().stripTrailing();
            reuse(response);
            return body;
        } catch (IOException e) {
            boolean connected = connection != null;
            IOException cause = connected ? connection.cause(e) : e;
            close();
            throw new FailedException(connected
                    ? "%s: %s; it may have been published".formatted(address, Shown.reason(cause))
                    : "cannot connect to %s: %s".formatted(address, Shown.reason(cause)));
        }
    }

    private Response response(Request request) throws IOException {
        if (connection != null && System.nanoTime() - lastUsed > IDLE_NANOS && connection.isStale()) {
            close();
        }
        if (connection == null) {
            connection = Connection.open(address, PATIENCE);
        }
        Exchange exchange = Exchange.on(connection, request, PATIENCE);
        address = exchange.address();
        connection = exchange.connection();
        return exchange.response();
    }

    private void reuse(Response response) {
        lastUsed = System.nanoTime();
        boolean reusable;
        try {
            reusable = response.isReusable();
        } catch (IOException e) {
            reusable = false; // what the server has responded is known
        }
        if (reusable) {
            connection.endExchange();
        } else {
            close();
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
