package dev.tinysse.server;

import static dev.tinysse.server.HttpClientSocket.post;
import static dev.tinysse.server.HttpClientSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many messages in one request, and requests that are to be carried out once. */
class BatchRequestsTest {
    private static final String LINES = "application/x-ndjson";
    private static final String MESSAGE = "{\"data\":\"x\"}";
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = new RunningServer("--channels");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpClientSocket.Response once(RunningServer server, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type: application/json";
        all[headers.length + 1] = "Content-Length: " + MESSAGE.length();
        return server.ask(request("POST", "/sse", all) + MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {LINES, "APPLICATION/X-NDJSON; charset=utf-8"})
    void shouldRespondToEachLine(String type) {
        HttpClientSocket.Response response = server.ask(post("/sse/a", type, MESSAGE + "\n" + MESSAGE + "\r\n"));
        assertThat(response.status()).isEqualTo(202);
        assertThat(response.header("Content-Type")).isEqualTo(LINES);
        assertThat(response.body()).isEqualTo("{\"queued\":0,\"subscribers\":0}\n".repeat(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {"{; malformed JSON", "``; malformed JSON",
            "[]; expected a JSON object", "{}; at least one of id, event, data and comment is required",
            "`{\"data\":\"x\",\"channel\":\"b\"}`; one channel is expected, and there are two: channel=a channel=b"})
    void shouldNameTheBadLine(String line, String error) {
        HttpClientSocket.Response response = server
                .ask(post("/sse/a", LINES, MESSAGE + "\n" + line + "\n" + MESSAGE));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"error\":\"line 2: " + error + "\"}");
    }

    @Test
    void shouldNotTakeLinesWhereNothingIsSwitchedOn() {
        try (RunningServer plain = new RunningServer(); RunningServer history = new RunningServer("--history", "5")) {
            assertThat(plain.ask(post("/sse", LINES, MESSAGE)).status()).isEqualTo(415);
            assertThat(history.ask(post("/sse", LINES, MESSAGE)).status()).isEqualTo(202);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key:", "Idempotency-Key: \u00E9", "Idempotency-Key: a\tb",
            "Idempotency-Key: a\r\nidempotency-key: a"})
    void shouldRefuseAKeyThatIsNone(String header) {
        HttpClientSocket.Response response = once(server, header);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).startsWith("{\"error\":\"Idempotency-Key ");
    }

    @Test
    void shouldRefuseALongKey() {
        assertThat(once(server, "Idempotency-Key: " + "k".repeat(128)).status()).isEqualTo(202);
        assertThat(once(server, "Idempotency-Key: " + "k".repeat(129)).status()).isEqualTo(400);
    }

    @Test
    void shouldReadNoKeyWhereNothingIsSwitchedOn() {
        try (RunningServer plain = new RunningServer()) {
            assertThat(once(plain, "Idempotency-Key: " + "k".repeat(129)).status()).isEqualTo(202);
        }
    }
}
