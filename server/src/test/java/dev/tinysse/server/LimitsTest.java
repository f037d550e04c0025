package dev.tinysse.server;

import static dev.tinysse.server.HttpClientSocket.get;
import static dev.tinysse.server.HttpClientSocket.post;
import static dev.tinysse.server.HttpClientSocket.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a client may send, and how long it may take. */
class LimitsTest {
    private static final String LENGTH = "{\"error\":\"length limit exceeded\"}";

    @Test
    void shouldRefuseALongBodyBeforeItIsRead() {
        try (RunningServer server = new RunningServer("--max-body-size=1000");
                HttpClientSocket client = server.connect()) {
            client.send(request("POST", "/sse", "Content-Type: application/json", "Content-Length: 1001"));
            HttpClientSocket.Response response = client.response();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body()).isEqualTo(LENGTH);
            client.sendAsFarAsItGoes("x".repeat(1001));
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void shouldLetAClientReadTheRefusalThatSendsItsBodyFirst() {
        try (RunningServer server = new RunningServer("--max-body-size=1000");
                HttpClientSocket client = server.connect()) {
            client.send(post("/sse", "application/json", "x".repeat(1_000_000)));
            assertThat(client.response().status()).isEqualTo(413);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void shouldRefuseALongChunkedBodyWithoutWaitingForItsEnd() {
        try (RunningServer server = new RunningServer("--max-body-size=1000");
                HttpClientSocket client = server.connect()) {
            client.send(request("POST", "/sse", "Content-Type: application/json", "Transfer-Encoding: chunked")
                    + "7fffffff\r\nx");
            HttpClientSocket.Response response = client.response();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body()).isEqualTo(LENGTH);
        }
    }

    @Test
    void shouldTakeABodyThatIsJustAsLongAsAllowed() {
        String body = "{\"data\":\"" + "x".repeat(1_000_000) + "\"}";
        try (RunningServer server = new RunningServer("--max-body-size=" + body.length())) {
            assertThat(server.publish(body).status()).isEqualTo(202);
            assertThat(server.publish(body + " ").status()).isEqualTo(413);
            String chunked = request("POST", "/sse", "Content-Type: application/json", "Transfer-Encoding: chunked");
            assertThat(
                    server.ask(chunked + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n").status())
                    .isEqualTo(202);
        }
    }

    @Test
    void shouldRefuseALongTarget() {
        try (RunningServer server = new RunningServer(); HttpClientSocket client = server.connect()) {
            client.sendAsFarAsItGoes(get("/" + "x".repeat(70_000)));
            assertThat(client.rest()).startsWith("HTTP/1.1 414 ").containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void shouldRefuseALongHead() {
        try (RunningServer server = new RunningServer(); HttpClientSocket client = server.connect()) {
            client.sendAsFarAsItGoes(get("/healthz", "X: " + "x".repeat(200_000)));
            assertThat(client.rest()).startsWith("HTTP/1.1 431 ").containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void shouldRefuseManyHeaders() {
        try (RunningServer server = new RunningServer(); HttpClientSocket client = server.connect()) {
            client.sendAsFarAsItGoes(get("/healthz", "X: x\r\n".repeat(100_000) + "Y: y"));
            assertThat(client.rest()).startsWith("HTTP/1.1 431 ").containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void shouldNotCountEarlierRequestsIntoTheLimitOfAHead() {
        try (RunningServer server = new RunningServer(); HttpClientSocket client = server.connect()) {
            for (int i = 0; i < 30; i++) {
                assertThat(client.send(get("/healthz", "X: " + "x".repeat(7_000))).response().status()).isEqualTo(200);
                assertThat(client.send(get("/nowhere", "X: " + "x".repeat(7_000))).response().status()).isEqualTo(404);
            }
        }
    }

    @Test
    void shouldCloseAConnectionThatSaysNothing() {
        try (RunningServer server = new RunningServer("--head-timeout=300ms");
                HttpClientSocket client = server.connect()) {
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void shouldRespondToAHeadThatDoesNotComeInTime() {
        try (RunningServer server = new RunningServer("--head-timeout=300ms");
                HttpClientSocket client = server.connect()) {
            client.send("GET /healthz HTTP/1.1\r\nHost: a\r\nX: ");
            assertThat(client.rest()).startsWith("HTTP/1.1 408 ").contains("{\"error\":\"request timeout\"}")
                    .containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void shouldNotGiveMoreTimeToAClientThatTrickles() {
        try (RunningServer server = new RunningServer("--head-timeout=1s");
                HttpClientSocket client = server.connect()) {
            client.send("GET /healthz HTTP/1.1\r\nHost: a\r\nX: ");
            await().untilAsserted(
                    () -> assertThatThrownBy(() -> client.send("x")).isInstanceOf(UncheckedIOException.class));
        }
    }

    @Test
    void shouldRespondToABodyThatDoesNotComeInTime() {
        try (RunningServer server = new RunningServer("--body-timeout=300ms");
                HttpClientSocket client = server.connect()) {
            client.send(request("POST", "/sse", "Content-Type: application/json", "Content-Length: 14") + "{\"data\"");
            assertThat(client.rest()).startsWith("HTTP/1.1 408 ").containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void shouldNotWaitWithoutLimitForABodyThatItAskedFor() {
        try (RunningServer server = new RunningServer("--body-timeout=300ms");
                HttpClientSocket client = server.connect()) {
            client.send(request("POST", "/sse", "Content-Type: application/json", "Content-Length: 14",
                    "Expect: 100-continue"));
            assertThat(client.head().status()).isEqualTo(100);
            assertThat(client.rest()).startsWith("HTTP/1.1 408 ").containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void shouldNotTimeOutInTheMidstOfAStream() {
        try (RunningServer server = new RunningServer("--body-timeout=300ms", "--timeout=2s");
                HttpClientSocket client = server.connect()) {
            client.send(request("GET", "/sse", "Content-Length: 14"));
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.rest()).contains("timeout").doesNotContain("HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /healthz HTTP/1.1\r\nHost: a\r\nX: ", "GET /healthz HTTP/1.0\r\nHost: a\r\n\r\n",
            "nonsense\r\n\r\n"})
    void shouldTellPagesOfOtherOriginsWhyARequestGotNowhere(String request) {
        try (RunningServer server = new RunningServer("--head-timeout=300ms");
                HttpClientSocket client = server.connect()) {
            assertThat(client.send(request).response().header("Access-Control-Allow-Origin")).isEqualTo("*");
        }
    }

    @Test
    void shouldTellPagesOfOtherOriginsThatAHeadIsTooLong() {
        try (RunningServer server = new RunningServer(); HttpClientSocket client = server.connect()) {
            client.sendAsFarAsItGoes(get("/healthz", "X: " + "x".repeat(200_000)));
            assertThat(client.response().header("Access-Control-Allow-Origin")).isEqualTo("*");
        }
    }

    @Test
    void shouldNotLetAClientLingerThatWasRefused() {
        try (RunningServer server = new RunningServer(); HttpClientSocket client = server.connect()) {
            client.send("nonsense\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 400 ");
            await().untilAsserted(
                    () -> assertThatThrownBy(() -> client.send("x")).isInstanceOf(UncheckedIOException.class));
        }
    }

    @Test
    void shouldTurnAwayMoreSubscribersThanAllowed() {
        try (RunningServer server = new RunningServer("--max-subscribers=2")) {
            HttpClientSocket first = server.subscribe();
            HttpClientSocket second = server.subscribe();
            HttpClientSocket.Response response = server.ask(get("/sse"));
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("Retry-After")).isEqualTo("1");
            assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
            HttpClientSocket browser = server.connect().send(get("/sse", "Accept: text/event-stream"));
            assertThat(browser.head().status()).isEqualTo(200);
            assertThat(browser.event()).matches(": busy\nretry: \\d{4,5}\n\n");
            assertThat(browser.event()).isEmpty();
            first.close();
            await().until(() -> server.connect().send(get("/sse")).head().status() == 200);
            second.close();
        }
    }
}
