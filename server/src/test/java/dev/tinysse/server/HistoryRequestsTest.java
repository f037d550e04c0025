package dev.tinysse.server;

import static dev.tinysse.server.HttpClientSocket.get;
import static dev.tinysse.server.HttpClientSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How clients that reconnect request the history. */
class HistoryRequestsTest {
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = new RunningServer("--channels", "--history", "10");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static int status(String request) {
        try (HttpClientSocket client = server.connect()) {
            return client.send(request).head().status();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%0a", "a%00", "%7f", "%c2%80", "a%09b"})
    void shouldRefuseAnIdWithControlCharacters(String id) {
        assertThat(status(get("/sse?last_event_id=" + id))).isEqualTo(400);
    }

    @Test
    void shouldRefuseALongId() {
        assertThat(status(get("/sse", "Last-Event-ID: " + "x".repeat(1024)))).isEqualTo(200);
        assertThat(status(get("/sse", "Last-Event-ID: " + "x".repeat(1025)))).isEqualTo(400);
        assertThat(status(get("/sse", "Last-Event-ID: " + HttpClientSocket.bytes("ü").repeat(512)))).isEqualTo(200);
        assertThat(status(get("/sse?last_event_id=" + "%C3%BC".repeat(513)))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"since=x", "last=0", "last=1&last=1", "since=1s&last=1", "envelope=xml",
            "last_event_id=1&last_event_id=1"})
    void shouldRefuseWhatIsMalformed(String query) {
        assertThat(status(get("/sse?" + query))).isEqualTo(400);
        assertThat(status(request("HEAD", "/sse?" + query))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"since=1h", "since=all", "last=10000", "envelope=json", "last=5&envelope=json&channel=a"})
    void shouldOpenTheStreamThatIsAskedFor(String query) {
        assertThat(status(get("/sse?" + query))).isEqualTo(200);
    }
}
