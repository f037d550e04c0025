package dev.tinysse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of which two parties could disagree where they end get one refusal, and what hides behind them is never served. */
class FramingTest {
    private static final String BODY = "{\"data\":\"smuggled\"}";
    private static final String HIDDEN = HttpClientSocket.post("/sse", "application/json", BODY);
    private static final String START = "POST /sse HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String CHUNKS = "2\r\n{\"\r\n6\r\ndata\":\r\n3\r\n\"x\"\r\n01\r\n}\r\n000\r\n\r\n";
    private static final String CHUNK = "5\r\n{\"dat\r\n0\r\n\r\n";

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = new RunningServer("--max-body-size=1MB");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<String> heads() {
        return Stream.of("Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: xchunked", "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, gzip",
                "Transfer-Encoding: chunked, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Transfer-Encoding: identity",
                "Transfer-Encoding:", "Transfer-Encoding: \u000Bchunked", "Transfer-Encoding: chunked\u000C",
                "Transfer-Encoding : chunked", " Transfer-Encoding: chunked", "Transfer-Encoding: \"chunked\"",
                "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5, 6", "Content-Length: -5",
                "Content-Length: +5", "Content-Length: 5 5", "Content-Length:", "Content-Length: 5x",
                "Content-Length: 0x5", "Content-Length: 99999999999999999999", "Content-Length: \u000B5",
                "Content-Length: 5\0", "Content-Length : 5", "Content-Length\t: 5", "Content-Length: 5\r\n folded: 5",
                "X: y\r\n folded", "X: y\nContent-Length: 5", "X: y\rContent-Length: 5", "no colon", ": no name",
                "X\0: y", "X: \0y", "(X): y");
    }

    @ParameterizedTest
    @MethodSource("heads")
    void shouldRefuseAHeadThatIsAmbiguous(String header) {
        assertRefused(START + header + "\r\n\r\n" + CHUNK);
    }

    static final List<String> BODIES = List.of("-5\r\n{\"dat\r\n0\r\n\r\n",
            "+5\r\n{\"dat\r\n0\r\n\r\n",
            "0x5\r\n{\"dat\r\n0\r\n\r\n", " 5\r\n{\"dat\r\n0\r\n\r\n",
            "5;\r\n{\"dat\r\n0\r\n\r\n", "5\n{\"dat\n0\n\n", "5\r\n{\"datXX0\r\n\r\n", "5\r\n{\"data\r\n0\r\n\r\n",
            "5\r\n{\"dat\n0\r\n\r\n", "\r\n{\"dat\r\n0\r\n\r\n", "g\r\n{\"dat\r\n0\r\n\r\n",
            "100000005\r\n{\"dat\r\n0\r\n\r\n", "ffffffffffffffff\r\n{\"dat\r\n0\r\n\r\n",
            "80000000\r\n{\"dat\r\n0\r\n\r\n", "5;a=\r\n{\"dat\r\n0\r\n\r\n", "5;a=b c\r\n{\"dat\r\n0\r\n\r\n",
            "5;a=\"b\r\n{\"dat\r\n0\r\n\r\n", "5;a\0\r\n{\"dat\r\n0\r\n\r\n", "5;a\n{\"dat\r\n0\r\n\r\n",
            "5;a\rb\r\n{\"dat\r\n0\r\n\r\n", "5 \r\n{\"dat\r\n0\r\n\r\n", "5 a\r\n{\"dat\r\n0\r\n\r\n",
            "5;" + "a".repeat(2000) + "\r\n{\"dat\r\n0\r\n\r\n", ("1;" + "a".repeat(900) + "\r\nx\r\n").repeat(20),
            "0\r\nno colon\r\n\r\n", "0\r\n: no name\r\n\r\n", "0\r\nX : y\r\n\r\n", "0\r\nX: y\r\n folded\r\n\r\n",
            "0\r\nX: \0\r\n\r\n", "0\r\nX: y\n\r\n", "0\r\nX: y\n\n", "0\r\nX: y\rZ: y\r\n\r\n",
            "0\r\nX: " + "y".repeat(2000) + "\r\n\r\n",
            "0\r\n" + ("X: " + "y".repeat(900) + "\r\n").repeat(20) + "\r\n");

    @ParameterizedTest
    @FieldSource("BODIES")
    void shouldRefuseAChunkedBodyThatIsAmbiguous(String body) {
        assertRefused(START + "Transfer-Encoding: chunked\r\n\r\n" + body);
    }

    static final List<String> METHODS = List.of("", "P\u00e9T", "\u00ff", "P\0T", "P\tT", "G(T", "G/T", "\"GET\"",
            "G:T",
            "\u00a0GET", "\u007f");

    @ParameterizedTest
    @FieldSource("METHODS")
    void shouldRefuseAMethodThatIsNoToken(String method) {
        assertThat(server.ask(method + " /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").status()).isEqualTo(400);
    }

    static final List<String> LINES = List.of("\n", "\r", "\n\r\n", "\r\r\n", " \r\n", "\r\n\r\n", "\r\n \r\n");

    @ParameterizedTest
    @FieldSource("LINES")
    void shouldRefuseALineBeforeTheRequestThatIsNotOneEmptyLine(String line) {
        assertRefused(line + "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private static void assertRefused(String request) {
        try (HttpClientSocket watching = server.subscribe(); HttpClientSocket client = server.connect()) {
            client.sendAsFarAsItGoes(request + HIDDEN + HIDDEN);
            String all = client.rest();
            assertThat(all).startsWith("HTTP/1.1 4").containsOnlyOnce("HTTP/1.1 ");
            server.publish("{\"data\":\"not smuggled\"}");
            assertThat(watching.event()).isEqualTo("data: not smuggled\n\n");
        }
    }

    @Test
    void shouldTakeAChunkedBody() {
        assertThat(server.ask(START + "Transfer-Encoding: chunked\r\n\r\n" + CHUNKS).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Chunked", "CHUNKED", " \tchunked\t "})
    void shouldTakeTheCodingInAnyCase(String coding) {
        assertThat(server.ask(START + "Transfer-Encoding: " + coding + "\r\n\r\n" + CHUNKS).status()).isEqualTo(202);
    }

    static final List<String> EXTENSIONS = List.of(";a", ";a=b", " ; a = b", ";a;b;c=d", ";a=\"b;c\"",
            "\t;a=\"\\\"\u00e9\"",
            ";a=\"\"");

    @ParameterizedTest
    @FieldSource("EXTENSIONS")
    void shouldPassOverTheExtensionsOfAChunk(String extension) {
        String chunks = "6" + extension + "\r\n{\"data\r\n6" + extension + "\r\n\":\"x\"}\r\n0" + extension
                + "\r\n\r\n";
        assertThat(server.ask(START + "Transfer-Encoding: chunked\r\n\r\n" + chunks).status()).isEqualTo(202);
    }

    @Test
    void shouldDiscardTrailers() {
        try (HttpClientSocket client = server.connect()) {
            for (String trailers : List.of("X: y\r\n", "Content-Length: 5\r\nTransfer-Encoding: gzip\r\nHost:\r\n",
                    ("X: " + "y".repeat(900) + "\r\n").repeat(10))) {
                client.send(
                        START + "Transfer-Encoding: chunked\r\n\r\nc\r\n{\"data\":\"x\"}\r\n0\r\n" + trailers + "\r\n");
                assertThat(client.response().status()).isEqualTo(202);
            }
        }
    }

    @Test
    void shouldTakeABodyWhoseLengthIsSaidWithSpaceAround() {
        assertThat(server.ask(START + "Content-Length: \t 12 \t\r\n\r\n{\"data\":\"x\"}").status()).isEqualTo(202);
    }

    @Test
    void shouldRefuseTwoHosts() {
        assertRefused("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    }

    @Test
    void shouldRefuseARequestWithoutAHost() {
        assertRefused("GET /healthz HTTP/1.1\r\n\r\n");
    }
}
