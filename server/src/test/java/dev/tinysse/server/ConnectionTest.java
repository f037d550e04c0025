package dev.tinysse.server;

import static dev.tinysse.server.HttpClientSocket.get;
import static dev.tinysse.server.HttpClientSocket.post;
import static dev.tinysse.server.HttpClientSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may follow what on one connection. */
class ConnectionTest {
    private static final String MESSAGE = post("/sse", "application/json", "{\"data\":\"x\"}");

    private final RunningServer server = new RunningServer("--timeout=300ms");
    private final HttpClientSocket client = server.connect();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void shouldTakeRequestAfterRequest() {
        for (int i = 0; i < 20; i++) {
            assertThat(client.send(MESSAGE).answer().status()).isEqualTo(202);
            assertThat(client.send(get("/healthz")).answer().body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(client.send(get("/nowhere")).answer().status()).isEqualTo(404);
            assertThat(client.send(request("PUT", "/sse")).answer().status()).isEqualTo(405);
        }
    }

    @Test
    void shouldAnswerPipelinedRequestsInOrder() {
        client.send(MESSAGE + get("/healthz") + get("/nowhere") + MESSAGE + request("HEAD", "/sse") + get("/healthz"));
        assertThat(client.answer().status()).isEqualTo(202);
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(client.answer().status()).isEqualTo(404);
        assertThat(client.answer().status()).isEqualTo(202);
        assertThat(client.head().status()).isEqualTo(200);
        assertThat(client.answer().body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void shouldTakeARequestThatComesByteByByte() {
        for (char c : MESSAGE.toCharArray()) {
            client.send(String.valueOf(c));
        }
        assertThat(client.answer().status()).isEqualTo(202);
    }

    @Test
    void shouldAskForABodyThatIsHeldBack() {
        client.send(request("POST", "/sse", "Content-Type: application/json", "Content-Length: 12",
                "Expect: 100-continue"));
        assertThat(client.head().status()).isEqualTo(100);
        assertThat(client.send("{\"data\":\"x\"}").answer().status()).isEqualTo(202);
        assertThat(client.send(get("/healthz")).answer().status()).isEqualTo(200);
    }

    @Test
    void shouldNotAskForABodyThatIsTooLong() {
        client.send(request("POST", "/sse", "Content-Type: application/json", "Content-Length: 99999999",
                "Expect: 100-continue"));
        assertThat(client.answer().status()).isEqualTo(413);
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void shouldNotAskForABodyThatNobodyReads() {
        client.send(request("POST", "/nowhere", "Content-Length: 12", "Expect: 100-continue"));
        assertThat(client.answer().status()).isEqualTo(404);
        client.sendAsFarAsItGoes("{\"data\":\"x\"}");
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void shouldNotTakeABodyThatNobodyReadsForARequest() {
        client.send(post("/nowhere", "text/plain", MESSAGE));
        assertThat(client.answer().status()).isEqualTo(404);
        client.shutdownOutput();
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void shouldCloseWhenTheClientAsksForIt() {
        client.send(get("/healthz", "Connection: close") + get("/healthz"));
        assertThat(client.answer().status()).isEqualTo(200);
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
        assertThat(client.send(get("/healthz")).answer().status()).isEqualTo(200);
    }

    @Test
    void shouldTakeARequestThatCameDuringAStream() {
        client.send(get("/sse"));
        client.head();
        client.send(get("/healthz"));
        assertEvents();
        assertThat(client.answer().status()).isEqualTo(200);
    }

    @Test
    void shouldTakeARequestThatCameWithTheOneForAStream() {
        client.send(get("/sse") + get("/healthz"));
        assertStream();
        assertThat(client.answer().status()).isEqualTo(200);
    }

    @Test
    void shouldTakeStreamAfterStream() {
        client.send(get("/sse") + get("/sse") + get("/sse"));
        assertStream();
        assertStream();
        assertStream();
    }

    @Test
    void shouldCloseBehindAStreamWhenTheClientAsksForIt() {
        client.send(get("/sse", "Connection: close"));
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
