package dev.tinysse.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadReaderTest {
    private static Response read(String text) throws IOException {
        return new HeadReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).response("POST");
    }

    @Test
    void shouldReadAResponseBehindInterimOnes() throws IOException {
        Response response = read(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nX-a:  b \r\nContent-Length: 3\r\n\r\nabcd");

        assertThat(response.statusLine()).isEqualTo("404 Not Found");
        assertThat(response.header("x-a")).contains("b");
        assertThat(response.text()).isEqualTo("abc");
        assertThat(response.isReusable()).isTrue();
    }

    @Test
    void shouldReadChunks() throws IOException {
        Response response = read(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: x\r\n\r\n");

        assertThat(response.text()).isEqualTo("abc0123456789");
    }

    @Test
    void shouldReadToTheEndWithoutALength() throws IOException {
        Response response = read("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc");

        assertThat(response.text()).isEqualTo("abc");
        assertThat(response.isReusable()).isFalse();
    }

    @Test
    void shouldHaveNoBodyWhereThereIsNone() throws IOException {
        assertThat(read("HTTP/1.1 204 No Content\r\n\r\nrest").text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 2", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"})
    void shouldFailAtWhatIsNoResponse(String text) {
        assertThatThrownBy(() -> read(text).body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 2\r\nContent-Length: 5", "Content-Length: 2, 5",
            "Content-Length: 2\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 2",
            "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Content-Length : 2", "no header", ": no name"})
    void shouldRejectConflictingOrMalformedHeaders(String headers) {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n{}abc"))
                .isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void shouldTakeTheSameLengthTwice() throws IOException {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}abc").text())
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\n\u0000X: y\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nT: "})
    void shouldRejectEndlessLines(String begin) {
        HeadReader reader = new HeadReader(endless(begin, "a"));

        assertThatThrownBy(() -> reader.response("GET").body().readAllBytes())
                .isInstanceOf(MalformedResponseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 100 Continue\r\n\r\n", "X: y\r\n", "X:\n"})
    void shouldRejectEndlessHeadsAndInterimResponses(String part) {
        HeadReader reader = new HeadReader(endless("HTTP/1.1 100 OK\r\n" + (part.startsWith("X") ? "" : "\r\n"), part));

        assertThatThrownBy(() -> reader.response("GET")).isInstanceOf(MalformedResponseException.class);
    }

    /** Begins with one text, and repeats another one more often than any limit allows. */
    private static InputStream endless(String begin, String part) {
        return new ByteArrayInputStream((begin + part.repeat(100_000)).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldNotReuseAConnectionWithTheRestOfABody() throws IOException {
        assertThat(read("HTTP/1.1 500 No\r\nContent-Length: 3\r\n\r\nabc").isReusable()).isFalse();
    }

    @Test
    void shouldRejectALargeBody() throws IOException {
        Response response = read("HTTP/1.1 202 OK\r\n\r\n" + "a".repeat(1_048_577));

        assertThatThrownBy(response::wholeText).isInstanceOf(MalformedResponseException.class);
    }
}
