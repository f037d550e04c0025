package dev.tinysse.server;

import static dev.tinysse.server.HttpClientSocket.get;
import static dev.tinysse.server.HttpClientSocket.post;
import static dev.tinysse.server.HttpClientSocket.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Subscription;
import dev.tinysse.server.tls.TestCertificate;
import dev.tinysse.server.tls.TlsClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    @TempDir
    private static Path folder;
    private static String[] files;
    private final AtomicInteger left = new AtomicInteger();
    private RunningServer server;

    @BeforeAll
    static void write() throws IOException {
        TestCertificate certificate = TestCertificate.of("EC");
        Path cert = Files.writeString(folder.resolve("cert.pem"), certificate.cert());
        Path key = Files.writeString(folder.resolve("key.pem"), certificate.key());
        files = new String[]{"--tls-cert=" + cert, "--tls-key=" + key};
    }

    @AfterAll
    static void forget() {
        files = null;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private TlsClient start(String... flags) throws IOException {
        String[] all = new String[flags.length + 2];
        System.arraycopy(files, 0, all, 0, 2);
        System.arraycopy(flags, 0, all, 2, flags.length);
        server = new RunningServer(new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of(Hook.UNSUBSCRIBE);
            }

            @Override
            public void unsubscribe(Subscription subscription) {
                left.incrementAndGet();
            }
        }, all);
        return new TlsClient(server.port());
    }

    private void publish(String data) throws IOException {
        try (TlsClient publisher = new TlsClient(server.port())) {
            publisher.send(post("/sse", "application/json", "{\"data\":\"" + data + "\"}")).until("}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldServeRequestsOneAfterTheOther(String protocol) throws IOException {
        try (TlsClient _ = start(); TlsClient client = new TlsClient(server.port(), protocol)) {
            client.send(get("/healthz") + get("/healthz"));
            client.until("{\"status\":\"ok\"}");
            client.until("{\"status\":\"ok\"}");
            client.send(post("/sse", "application/json", "{\"data\":\"x\"}"));
            assertThat(client.until("}")).contains("202").endsWith("{\"queued\":0,\"subscribers\":0}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldDeliverInOrder(String protocol) throws IOException {
        try (TlsClient _ = start(); TlsClient stream = new TlsClient(server.port(), protocol)) {
            stream.send(get("/sse")).until(": ok\n\n");
            for (int i = 0; i < 20; i++) {
                publish("message " + i);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(stream.until("\n\n")).endsWith("data: message " + i + "\n\n");
            }
        }
    }

    @Test
    void shouldDeliverWhatIsLargerThanARecord() throws IOException {
        try (TlsClient stream = start("--max-body-size=1MB")) {
            stream.send(get("/sse")).until(": ok\n\n");
            publish("x".repeat(200_000) + "!");
            assertThat(stream.until("!\n\n")).hasSizeGreaterThan(200_000);
        }
    }

    @Test
    void shouldReadABodyThatIsLargerThanARecord() throws IOException {
        try (TlsClient client = start("--max-body-size=1MB")) {
            String body = "{\"data\":\"" + "x".repeat(300_000) + "\"}";
            client.send(post("/sse", "application/json", body));
            assertThat(client.until("}")).contains(" 202 ");
        }
    }

    @Test
    void shouldContinueARequestThatAsksFirst() throws IOException {
        try (TlsClient client = start()) {
            client.send(request("POST", "/sse", "Content-Type: application/json", "Content-Length: 12",
                    "Expect: 100-continue"));
            client.until("100 Continue\r\n\r\n");
            client.send("{\"data\":\"x\"}");
            assertThat(client.until("}")).contains(" 202 ");
        }
    }

    @Test
    void shouldServeTheNextRequestAfterAStream() throws IOException {
        try (TlsClient client = start("--timeout=300ms")) {
            client.send(get("/sse") + get("/healthz"));
            client.until(": timeout\n");
            assertThat(client.until("{\"status\":\"ok\"}")).contains("\r\n0\r\n\r\nHTTP/1.1 200 OK");
        }
    }

    @Test
    void shouldEndTheLastStreamOfAConnectionWithACloseNotify() throws IOException {
        try (TlsClient client = start("--timeout=300ms")) {
            client.send(get("/sse", "Connection: close"));
            assertThat(client.rest()).contains(": timeout\n").endsWith("\r\n0\r\n\r\n");
        }
    }

    @Test
    void shouldEndStreamsAndConnectionsWithACloseNotifyAtTheStop() throws IOException {
        try (TlsClient stream = start(); TlsClient idle = new TlsClient(server.port())) {
            stream.send(get("/sse")).until(": ok\n\n");
            idle.send(get("/healthz")).until("}");
            server.stop();
            assertThat(stream.rest()).contains("retry: ").endsWith("\r\n0\r\n\r\n");
            assertThat(idle.rest()).isEmpty();
            server = null;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldEndTheStreamOfAClientThatClosesItsHalf(String protocol) throws IOException {
        try (TlsClient _ = start(); TlsClient stream = new TlsClient(server.port(), protocol)) {
            stream.send(get("/sse")).until(": ok\n\n");
            stream.socket().shutdownOutput();
            assertThat(stream.rest()).isBlank();
            await().until(() -> left.get() == 1);
        }
    }

    @Test
    void shouldRespondToAClientThatClosesItsHalfBehindARequest() throws IOException {
        try (TlsClient client = start()) {
            client.send(get("/healthz"));
            client.socket().shutdownOutput();
            assertThat(client.rest()).endsWith("{\"status\":\"ok\"}");
        }
    }

    @Test
    void shouldTellPlainHttpWhatIsWrong() throws IOException {
        try (TlsClient _ = start(); HttpClientSocket plain = server.connect()) {
            HttpClientSocket.Response response = plain.send(get("/sse")).response();
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.header("Content-Type")).startsWith("text/plain");
            assertThat(response.body()).contains("HTTPS");
            assertThat(plain.rest()).isEmpty();
        }
    }

    @Test
    void shouldCloseAConnectionThatSaysNothing() throws IOException {
        try (TlsClient _ = start("--head-timeout=300ms"); HttpClientSocket silent = server.connect()) {
            assertThat(silent.rest()).isEmpty();
        }
    }

    @Test
    void shouldCloseAConnectionThatBeginsAHandshakeAndStops() throws IOException {
        try (TlsClient _ = start("--head-timeout=300ms"); HttpClientSocket slow = server.connect()) {
            assertThat(slow.send("\26\3\1").rest()).doesNotContain("HTTP"); // but perhaps an alert
        }
    }

    @Test
    void shouldTell408OverTls() throws IOException {
        try (TlsClient client = start("--head-timeout=3s")) {
            client.send("GET /sse HTTP");
            assertThat(client.rest()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void shouldCutOffAClientThatDoesNotRead() throws IOException {
        try (TlsClient stream = start("--write-timeout=500ms", "--max-body-size=1MB", "--capacity=1000")) {
            stream.send(get("/sse")).until(": ok\n\n");
            for (int i = 0; i < 40; i++) {
                publish("x".repeat(400_000));
            }
            await().until(() -> left.get() == 1);
        }
    }

    @Test
    void shouldDeliverToASlowClientAllThatItIsNotTooFarBehind() throws IOException {
        try (TlsClient stream = start("--max-body-size=1MB", "--capacity=1000")) {
            stream.send(get("/sse")).until(": ok\n\n");
            for (int i = 0; i < 40; i++) {
                publish(i + "x".repeat(400_000) + i);
            }
            for (int i = 0; i < 40; i++) {
                String event = stream.until("\n\n");
                assertThat(event.substring(event.indexOf("data: "))).isEqualTo(
                        "data: " + i + "x".repeat(400_000) + i + "\n\n");
            }
        }
    }

    @Test
    void shouldRefuseOlderProtocols() throws IOException {
        try (TlsClient _ = start()) {
            assertThatThrownBy(() -> new TlsClient(server.port(), "TLSv1.1")).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void shouldRefuseToRenegotiate() throws IOException {
        try (TlsClient _ = start(); TlsClient client = new TlsClient(server.port(), "TLSv1.2")) {
            client.send(get("/healthz")).until("}");
            assertThatThrownBy(() -> {
                client.socket().startHandshake();
                client.send(get("/healthz")).until("}");
            }).isInstanceOfAny(IOException.class, UncheckedIOException.class, IllegalStateException.class);
        }
    }
}
