package dev.tinysse.server.sse;

import static dev.tinysse.server.HttpClientSocket.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.server.HttpClientSocket;
import dev.tinysse.server.proxies.TrustedProxies;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.transport.Listener;
import dev.tinysse.server.transport.TransportConfig;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sink as users of Helidon expect it. */
class EventStreamSinkTest {
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final Listener listener = new Listener(
            new TransportConfig(
                    List.of(Endpoint.tcp("localhost", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            false)),
                    Optional.empty(), TrustedProxies.NONE, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO,
                    1000, 1000),
            Listener.routing().any(this::stream), List.of(), RequestListener.NONE);

    private void stream(ServerRequest request, ServerResponse response) throws InterruptedException {
        try (EventStreamSink sink = response.sink(EventStreamSink.TYPE)) {
            sink.emit(SseEvent.builder().id("1").name("news").comment("c").data("two\nlines").build());
            mayGoOn.await();
            sink.emit(SseEvent.builder().data("a", "b").build());
            sink.keepAlive();
            sink.retry(Duration.ofSeconds(2));
        }
    }

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
    void shouldWriteEachEventAtOnceAndEndTheStreamWhenItIsClosed() {
        try (HttpClientSocket client = new HttpClientSocket(listener.bound().getFirst().port())) {
            client.send(get("/"));
            assertThat(client.head().header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(client.event()).isEqualTo("id: 1\nevent: news\ndata: two\ndata: lines\n: c\n\n");
            mayGoOn.countDown();
            assertThat(client.event()).isEqualTo("data: a\ndata: b\n\n");
            assertThat(client.event()).isEqualTo(":\n\n");
            assertThat(client.event()).isEqualTo("retry: 2000\n\n");
            assertThat(client.event()).isEmpty();
        }
    }
}
