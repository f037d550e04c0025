package dev.tinysse.server.transport;

import static dev.tinysse.server.HttpClientSocket.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.server.HttpClientSocket;
import dev.tinysse.server.proxies.TrustedProxies;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.transport.threads.ThreadChoice;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP on each kind of threads. */
class ThreadsTest {
    private static final String LARGE = "x".repeat(8_000_000);

    private final AtomicReference<Thread> handling = new AtomicReference<>();
    private Listener listener;
    private boolean closed;

    private void respond(ServerRequest request, ServerResponse response) {
        handling.set(Thread.currentThread());
        Connection connection = Connection.of(request);
        if (request.prologue().uriPath().rawPath().equals("/off")) {
            connection.leaveLoop();
        }
        String body = request.prologue().uriPath().rawPath().equals("/large") ? LARGE : "hello";
        response.send(connection.stayOnLoop(() -> body.getBytes(UTF_8)));
    }

    private HttpClientSocket connect(ThreadChoice choice) throws IOException {
        listener = new Listener(
                new TransportConfig(
                        List.of(Endpoint.tcp("localhost", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                false)),
                        Optional.empty(), TrustedProxies.NONE, Duration.ofMillis(500), Duration.ZERO, Duration.ZERO,
                        Duration.ZERO, 1000, 1000),
                Listener.routing().any(this::respond), List.of(), RequestListener.NONE,
                new RequestMemory(Runtime.getRuntime().maxMemory()), choice.create());
        listener.bind();
        listener.start();
        return new HttpClientSocket(listener.bound().getFirst().port());
    }

    @AfterEach
    void close() {
        if (!closed) {
            listener.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRespondToEachRequestOfAConnection(ThreadChoice choice) throws IOException {
        try (HttpClientSocket client = connect(choice)) {
            assertThat(client.send(get("/")).response().body()).isEqualTo("hello");
            assertThat(client.send(get("/off")).response().body()).isEqualTo("hello");
            client.send(get("/") + get("/off"));
            assertThat(client.response().body()).isEqualTo("hello");
            assertThat(client.response().body()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWaitForAClientThatReadsItsResponseLate(ThreadChoice choice) throws IOException {
        try (HttpClientSocket client = connect(choice)) {
            client.send(get("/large"));
            await().until(() -> handling.get() != null && handling.get().getState() == Thread.State.WAITING);
            assertThat(client.response().body()).hasSize(LARGE.length());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseTheConnectionOfAClientThatSendsNothing(ThreadChoice choice) throws IOException {
        try (HttpClientSocket client = connect(choice)) {
            assertThat(client.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseConnectionsWhenItIsClosed(ThreadChoice choice) throws IOException {
        try (HttpClientSocket client = connect(choice)) {
            assertThat(client.send(get("/")).response().status()).isEqualTo(200);
            listener.close();
            closed = true;
            assertThat(client.rest()).isEmpty();
        }
    }
}
