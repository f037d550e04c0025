package dev.tinysse.server.transport;

import static dev.tinysse.server.HttpClientSocket.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.broker.progress.LoopProgress;
import dev.tinysse.server.HttpClientSocket;
import dev.tinysse.server.proxies.TrustedProxies;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.sockets.Endpoint;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request that does not let its event loop turn. */
class BusyLoopTest {
    private volatile boolean released;
    private volatile boolean stuck;
    private final Listener listener = new Listener(
            new TransportConfig(
                    List.of(Endpoint.tcp("localhost", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            false)),
                    Optional.empty(), TrustedProxies.NONE, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO,
                    1000, 1000),
            Listener.routing().any(this::spin), List.of(), RequestListener.NONE);

    private void spin(ServerRequest request, ServerResponse response) {
        stuck = true;
        while (!released) {
            Thread.onSpinWait();
        }
        response.send("released".getBytes(UTF_8));
    }

    @BeforeEach
    void start() throws IOException {
        listener.bind();
        listener.start();
    }

    @AfterEach
    void stop() {
        released = true;
        listener.close();
    }

    @Test
    void shouldShowWhichCallKeepsTheLoopBusyUntilItReturns() {
        try (HttpClientSocket client = new HttpClientSocket(listener.bound().getFirst().port())) {
            client.send(get("/"));
            await().until(() -> stuck);
            assertThat(busy()).singleElement().satisfies(loop -> {
                assertThat(loop.name()).isEqualTo("tinysse-loop");
                assertThat(loop.stack()).extracting(StackTraceElement::getMethodName).contains("spin");
            });
            released = true;
            assertThat(client.response().body()).isEqualTo("released");
            await().until(() -> busy().isEmpty());
        }
    }

    private List<LoopProgress> busy() {
        return listener.loops().stream().filter(loop -> LoopProgress.isBusy(loop.turns())).toList();
    }
}
