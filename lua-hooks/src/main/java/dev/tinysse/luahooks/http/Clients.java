package dev.tinysse.luahooks.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The platform's clients of one agent: one with the pool of connections for the next requests, and those that were replaced and
 * whose last exchanges have not ended. A client keeps the connection of a response that is no HTTP open for as long as it lives,
 * so it is replaced after one. Any thread may call.
 */
final class Clients implements AutoCloseable {
    private final Set<Client> open = new HashSet<>();
    private Client current;
    private boolean closed;

    /** A client and how many exchanges it has under way. */
    private static final class Client {
        final HttpClient platform = HttpClient.newBuilder().followRedirects(Redirect.NEVER)
                .executor(Thread::startVirtualThread).build();
        int exchanges;
    }

    /** Sends a request; who cancels the result closes the connection. */
    @SuppressWarnings("FutureReturnValueIgnored") // what ends the exchange cannot fail
    <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, BodyHandler<T> body) {
        Client client = begin();
        if (client == null) {
            return CompletableFuture.failedFuture(new IOException("the connections have been closed"));
        }
        CompletableFuture<HttpResponse<T>> response = client.platform.sendAsync(request, body);
        response.whenComplete((_, failure) -> end(client, failure));
        return response;
    }

    private synchronized Client begin() {
        if (closed) {
            return null;
        }
        if (current == null) {
            current = new Client();
            open.add(current);
        }
        current.exchanges++;
        return current;
    }

    private synchronized void end(Client client, Throwable failure) {
        client.exchanges--;
        if (client == current && isNotHttp(failure)) {
            current = null;
        }
        if (client != current && client.exchanges == 0 && open.remove(client)) {
            client.platform.shutdownNow();
        }
    }

    private static boolean isNotHttp(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof ProtocolException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /** Closes all connections; requests under way and later ones fail. */
    @Override
    public synchronized void close() {
        closed = true;
        current = null;
        open.forEach(client -> client.platform.shutdownNow());
        open.clear();
    }
}
