package dev.tinysse.access.keys;

import dev.tinysse.server.pem.PemException;
import dev.tinysse.server.routing.Utf8;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches a key set. Each fetch has a client of its own, since there are hours between two. Redirects are not followed: the address is
 * the operator's, and where it leads would not be.
 *
 * @param address of the set
 * @param limit for all of it, connecting and the last byte included
 */
record KeySetFetch(URI address, Duration limit) implements KeySource {
    private static final int MAX_BYTES = 1_000_000;
    private static final int OK = 200;

    @Override
    public List<VerificationKey> read() throws PemException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(limit)
                .header("Accept", "application/jwk-set+json, application/json").GET().build();
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(limit)
                .build()) {
            CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request,
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
            try {
                return keys(exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                exchange.cancel(true);
                throw new PemException("no response within " + limit.toMillis() + "ms", e);
            } catch (ExecutionException e) {
                throw new PemException(reason(e.getCause()), e);
            } finally {
                client.shutdownNow();
            }
        }
    }

    private static List<VerificationKey> keys(HttpResponse<byte[]> response) throws PemException {
        if (response.statusCode() != OK) {
            throw new PemException("status " + response.statusCode());
        }
        String json = Utf8.decode(response.body()).orElseThrow(() -> new PemException("no UTF-8"));
        // a secret that is fetched is none
        return JwkKeys.readUsable(json).stream().map(key -> key.limited(Algorithms.ofPublicKeys()::contains))
                .filter(key -> !key.algorithms().isEmpty()).toList();
    }

    private static String reason(Throwable cause) {
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }
}
