package dev.tinysse.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
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
}
