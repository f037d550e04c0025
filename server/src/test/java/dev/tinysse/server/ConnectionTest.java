package dev.tinysse.server;

import static dev.tinysse.server.HttpClientSocket.get;
import static dev.tinysse.server.HttpClientSocket.post;
import static dev.tinysse.server.HttpClientSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sequences of requests on one connection. */
class ConnectionTest {
    private static final String MESSAGE = post("/sse", "application/json", "{\"data\":\"x\"}");

    private static final String PREFLIGHT = request("OPTIONS", "/sse", "Origin: http://a",
            "Access-Control-Request-Method: POST");

    private final RunningServer server = new RunningServer("--timeout=300ms", "--timeout-retry=0s");
    private final HttpClientSocket client = server.connect();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void shouldTakeRequestAfterRequest() {
        for (int i = 0; i < 20; i++) {
            assertThat(client.send(MESSAGE).response().status()).isEqualTo(202);
            assertThat(client.send(get("/healthz")).response().body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(client.send(get("/nowhere")).response().status()).isEqualTo(404);
            assertThat(client.send(request("PUT", "/sse")).response().status()).isEqualTo(405);
        }
    }

    @Test
    void shouldRespondToPipelinedRequestsInOrder() {
        client.send(MESSAGE + get("/healthz") + get("/nowhere") + MESSAGE + request("HEAD", "/sse") + get("/healthz"));
        assertThat(client.response().status()).isEqualTo(202);
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(client.response().status()).isEqualTo(404);
        assertThat(client.response().status()).isEqualTo(202);
        assertThat(client.head().status()).isEqualTo(200);
        assertThat(client.response().body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void shouldTakeARequestThatComesByteByByte() {
        for (char c : MESSAGE.toCharArray()) {
            client.send(String.valueOf(c));
        }
        assertThat(client.response().status()).isEqualTo(202);
    }

    @Test
    void shouldAskForABodyThatIsHeldBack() {
        client.send(request("POST", "/sse", "Content-Type: application/json", "Content-Length: 12",
                "Expect: 100-continue"));
        assertThat(client.head().status()).isEqualTo(100);
        assertThat(client.send("{\"data\":\"x\"}").response().status()).isEqualTo(202);
        assertThat(client.send(get("/healthz")).response().status()).isEqualTo(200);
    }

    @Test
    void shouldNotAskForABodyThatIsTooLong() {
        client.send(request("POST", "/sse", "Content-Type: application/json", "Content-Length: 99999999",
                "Expect: 100-continue"));
        assertThat(client.response().status()).isEqualTo(413);
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void shouldNotAskForABodyThatNobodyReads() {
        client.send(request("POST", "/nowhere", "Content-Length: 12", "Expect: 100-continue"));
        assertThat(client.response().status()).isEqualTo(404);
        client.sendAsFarAsItGoes("{\"data\":\"x\"}");
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void shouldNotTakeABodyThatNobodyReadsForARequest() {
        client.send(post("/nowhere", "text/plain", MESSAGE));
        assertThat(client.response().status()).isEqualTo(404);
        client.shutdownOutput();
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void shouldCloseWhenTheClientAsksForIt() {
        client.send(get("/healthz", "Connection: close") + get("/healthz"));
        assertThat(client.response().status()).isEqualTo(200);
        assertThat(client.rest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: Close", "connection: CLOSE", "Connection: close, TE",
            "Connection: keep-alive, close",
            "Connection: keep-alive , \tClose\t, x", "Connection: keep-alive\r\nConnection: close",
            "Connection: close\r\nConnection: keep-alive"})
    void shouldFindTheWishToCloseInAnyListAndCase(String headers) {
        client.send(get("/healthz", headers) + get("/healthz"));
        HttpClientSocket.Response response = client.response();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Connection")).isEqualTo("close");
        assertThat(client.rest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: closed", "Connection: keep-alive, not-close", "X: close",
            "Connection: close;x"})
    void shouldNotTakeAnotherWordForTheWishToClose(String headers) {
        assertThat(client.send(get("/healthz", headers)).response().status()).isEqualTo(200);
        assertThat(client.send(get("/healthz")).response().status()).isEqualTo(200);
    }

    @Test
    void shouldKnowTheEndOfAPreflightRequest() {
        client.send(PREFLIGHT);
        assertThat(client.response().status()).isLessThan(300);
        client.send(PREFLIGHT.replace("Host", "Connection: close\r\nHost") + get("/healthz"));
        assertThat(client.response().status()).isLessThan(300);
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void shouldRefuseAMethodThatIsNoTokenBehindAnyRequest() {
        for (String request : List.of(get("/healthz"), MESSAGE, get("/nowhere"), PREFLIGHT)) {
            try (HttpClientSocket other = server.connect()) {
                other.send(request).response();
                assertThat(other.send(request("G(T", "/healthz")).response().status()).isEqualTo(400);
            }
        }
    }

    @Test
    void shouldSkipAnEmptyLineBeforeARequest() {
        assertThat(client.send("\r\n" + get("/healthz")).response().status()).isEqualTo(200);
        assertThat(client.send(MESSAGE + "\r\n" + MESSAGE).response().status()).isEqualTo(202);
        assertThat(client.response().status()).isEqualTo(202);
        client.send("\r").send("\n").send(get("/healthz"));
        assertThat(client.response().status()).isEqualTo(200);
    }

    @Test
    void shouldGoOnBehindARequestWhoseBodyIsEmpty() {
        assertThat(client.send(get("/healthz", "Content-Length: 0")).response().status()).isEqualTo(200);
        assertThat(client.send(get("/healthz")).response().status()).isEqualTo(200);
    }

    @Test
    void shouldNotTakeTheBodyOfARequestForAStreamForTheNextRequest() {
        client.send(request("GET", "/sse", "Content-Length: " + MESSAGE.length()) + MESSAGE);
        assertThat(client.head().header("Connection")).isEqualTo("close");
        assertEvents();
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void shouldRefuseHttp10InWords() {
        client.send("GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n");
        assertThat(client.rest()).startsWith("HTTP/1.1 505 ").containsOnlyOnce("HTTP/1.1 ");
    }

    @Test
    void shouldTakeTheNextRequestBehindAStream() {
        client.send(get("/sse"));
        assertStream();
        assertThat(client.send(get("/healthz")).response().status()).isEqualTo(200);
    }

    @Test
    void shouldTakeARequestThatCameDuringAStream() {
        client.send(get("/sse"));
        client.head();
        client.send(get("/healthz"));
        assertEvents();
        assertThat(client.response().status()).isEqualTo(200);
    }

    @Test
    void shouldTakeARequestThatCameWithTheOneForAStream() {
        client.send(get("/sse") + get("/healthz"));
        assertStream();
        assertThat(client.response().status()).isEqualTo(200);
    }

    @Test
    void shouldTakeStreamAfterStream() {
        client.send(get("/sse") + get("/sse") + get("/sse"));
        assertStream();
        assertStream();
        assertStream();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "Close", "keep-alive, close"})
    void shouldCloseBehindAStreamWhenTheClientAsksForIt(String connection) {
        client.send(get("/sse", "Connection: " + connection));
        assertThat(client.head().header("Connection")).isEqualTo("close");
        assertEvents();
        assertThat(client.rest()).isEmpty();
    }

    private void assertStream() {
        assertThat(client.head().status()).isEqualTo(200);
        assertEvents();
    }

    private void assertEvents() {
        assertThat(client.event()).isEqualTo(": ok\n\n");
        assertThat(client.event()).isEqualTo(": timeout\nretry: 0\n\n");
        assertThat(client.event()).isEmpty();
    }
}
