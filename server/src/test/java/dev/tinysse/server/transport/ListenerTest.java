package dev.tinysse.server.transport;

import static dev.tinysse.server.HttpClientSocket.get;
import static dev.tinysse.server.HttpClientSocket.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.server.HttpClientSocket;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.proxies.TrustedProxies;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.transport.threads.ConnectionThreads;
import dev.tinysse.server.transport.threads.ThreadChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener without memory: too little for another connection, or for a thread. */
class ListenerTest {
    private static final int CONNECTIONS = 2;

    private final RequestMemory memory = new RequestMemory(CONNECTIONS * 4L * RequestMemory.CONNECTION_BYTES);
    private final AtomicInteger failures = new AtomicInteger();
    private volatile CountDownLatch mayStart = new CountDownLatch(0);
    private final ConnectionThreads threads = new FailingThreads(ThreadChoice.ofThisJvm().create(), () -> {
        awaitQuietly(mayStart);
        if (failures.getAndDecrement() > 0) {
            throw new OutOfMemoryError("as the test wants it");
        }
    });
    private final Listener listener = new Listener(
            new TransportConfig(
                    List.of(Endpoint.tcp("localhost", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            false)),
                    Optional.empty(), TrustedProxies.NONE, Duration.ofMillis(500), Duration.ZERO, Duration.ZERO,
                    Duration.ZERO, 1000,
                    1000),
            Listener.routing().any((request, response) -> response.send("hello".getBytes(UTF_8))), List.of(),
            RequestListener.NONE,
            memory, threads);

    @BeforeEach
    void start() throws IOException {
        listener.bind();
        listener.start();
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void shouldGoOnWhenThereWasNoMemoryForAThread() {
        failures.set(1);
        try (HttpClientSocket unlucky = connect(); HttpClientSocket next = connect()) {
            assertThat(unlucky.rest()).isEmpty();
            assertThat(next.send(get("/")).response().body()).isEqualTo("hello");
        }
    }

    @Test
    void shouldRespondToAClientThatConnectedBeforeTheEnd() throws InterruptedException {
        try (HttpClientSocket client = connect()) {
            await().until(this::isAccepted);
            Thread end = Thread.ofVirtual().start(this::finishRequests);
            await().untilAsserted(() -> assertThat(isRefused()).isTrue());
            assertThat(client.send(get("/")).response().body()).isEqualTo("hello");
            end.join();
        }
    }

    @Test
    void shouldRespondToAClientThatTheSystemHasAcceptedBeforeTheEnd() throws InterruptedException {
        mayStart = new CountDownLatch(1);
        try (HttpClientSocket _ = connect(); HttpClientSocket second = connect()) {
            await().until(this::isAccepted);
            second.send(get("/"));
            Thread end = Thread.ofVirtual().start(this::finishRequests);
            await().until(() -> end.getState() == Thread.State.TIMED_WAITING);
            mayStart.countDown();
            assertThat(second.response().body()).isEqualTo("hello");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAccepted() {
        boolean free = memory.tryConnect(CONNECTIONS);
        if (free) {
            memory.disconnect(CONNECTIONS);
        }
        return !free;
    }

    private boolean isRefused() {
        try (HttpClientSocket _ = connect()) {
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    private void finishRequests() {
        try {
            listener.finishRequests(Deadline.in(Duration.ofMinutes(10)));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldKeepNothingOfConnectionsThatGotNoThread() {
        failures.set(CONNECTIONS);
        for (int i = 0; i < CONNECTIONS; i++) {
            try (HttpClientSocket unlucky = connect()) {
                assertThat(unlucky.rest()).isEmpty();
            }
        }
        assertThat(memory.tryConnect(1)).isTrue();
        assertThat(memory.tryConnect(1)).isTrue();
    }

    @Test
    void shouldRefuseAConnectionTooMany() {
        fill();
        try (HttpClientSocket client = connect()) {
            HttpClientSocket.Response response = client.send(get("/")).response();
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("Retry-After")).isEqualTo("1");
            assertThat(response.body()).isEqualTo("{\"error\":\"service unavailable\"}");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void shouldTellAnEventSourceTooManyToComeBack() {
        fill();
        try (HttpClientSocket client = connect()) {
            assertThat(client.send(get("/", "Accept: text/event-stream")).rest()).startsWith("HTTP/1.1 200 ")
                    .contains("Content-Type: text/event-stream").containsPattern("retry: \\d+\n\n$");
        }
    }

    @Test
    void shouldLetARefusedClientSendAllItHasToSend() {
        fill();
        try (HttpClientSocket client = connect()) {
            client.send(request("POST", "/", "Content-Length: 1000000") + "x".repeat(1_000_000));
            assertThat(client.response().status()).isEqualTo(503);
        }
    }

    @Test
    void shouldTakeConnectionsAgainWhenOthersHaveEnded() {
        for (int i = 0; i < 3 * CONNECTIONS; i++) {
            try (HttpClientSocket silent = connect()) {
                silent.rest(); // closed after the head timeout
            }
        }
        await().until(() -> {
            try (HttpClientSocket client = connect()) {
                return client.send(get("/")).response().status() == 200;
            }
        });
    }

    private void fill() {
        for (int i = 0; i < CONNECTIONS; i++) {
            memory.tryConnect(1);
        }
    }

    private HttpClientSocket connect() {
        return new HttpClientSocket(listener.bound().getFirst().port());
    }
}
