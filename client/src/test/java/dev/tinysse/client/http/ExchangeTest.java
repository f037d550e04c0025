package dev.tinysse.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Exchange} is made of: {@link ChunkedBody}, {@link SizedBody}, {@link Response}, {@link Request} and {@link ErrorText}. */
class ExchangeTest {

    @ParameterizedTest
    @ValueSource(strings = {"5\r\nabcde\r\n0\r\n\r\n", "2\r\nab\r\n3;a=b\r\ncde\r\n0\r\n\r\n", "0005\nabcde\n0\n\n",
            " 5 \r\nabcde\r\n0\r\nTrailer: x\r\n\r\n"})
    void shouldReadChunks(String chunks) throws IOException {
        assertThat(new String(chunked(chunks).readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("abcde");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "x\r\n", "-1\r\n", "+1\r\n", "0x1\r\n", "1000000000000000\r\n", "1\r\nab\r\n"})
    void shouldRejectOtherChunks(String chunks) {
        assertThatThrownBy(() -> chunked(chunks).readAllBytes()).isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void shouldRejectVeryLongLinesBetweenChunks() {
        assertThatThrownBy(() -> chunked("1;" + "x".repeat(1024) + "\r\na\r\n0\r\n\r\n").readAllBytes())
                .isInstanceOf(MalformedResponseException.class).hasMessageContaining("too long");
        assertThatThrownBy(() -> chunked("0\r\n" + "a: b\r\n".repeat(4000) + "\r\n").readAllBytes())
                .isInstanceOf(MalformedResponseException.class).hasMessageContaining("too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5\r\n", "5\r\nabc", "5\r\nabcde", "5\r\nabcde\r\n", "5\r\nabcde\r\n0\r\n"})
    void shouldNotTakeTheEndOfTheConnectionForThatOfTheBody(String chunks) {
        assertThatThrownBy(() -> chunked(chunks).readAllBytes()).isInstanceOf(EOFException.class);
    }

    @Test
    void shouldNotReadBehindTheBody() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream("1\r\na\r\n0\r\n\r\nnext".getBytes(StandardCharsets.UTF_8));
        ChunkedBody body = new ChunkedBody(new LineReader(in), in);
        assertThat(body.read()).isEqualTo('a');
        assertThat(body.read()).isEqualTo(-1);
        assertThat(body.read()).isEqualTo(-1);
        assertThat(body.available()).isZero();
        assertThat(in.readAllBytes()).asString().isEqualTo("next");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "204, true", "299, true", "300, false", "404, false"})
    void shouldTellWhatIsASuccess(int status, boolean success) {
        assertThat(response(status, Map.of(), "").isSuccess()).isEqualTo(success);
    }

    @ParameterizedTest
    @CsvSource({"301, true", "302, true", "303, true", "304, false", "307, true", "308, true", "200, false"})
    void shouldTellWhatIsARedirect(int status, boolean redirect) {
        assertThat(response(status, Map.of("location", "/x"), "").isRedirect()).isEqualTo(redirect);
        assertThat(response(status, Map.of(), "").isRedirect()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"text/event-stream, true", "Text/Event-Stream; charset=utf-8, true", "text/html, false"})
    void shouldTellWhatIsAnEventStream(String type, boolean stream) {
        assertThat(response(200, Map.of("content-type", type), "").isEventStream()).isEqualTo(stream);
    }

    @Test
    void shouldUseAConnectionAgainOnlyBehindTheWholeBody() throws IOException {
        assertThat(response(200, Map.of(), "").isReusable()).isTrue();
        assertThat(response(200, Map.of(), "more").isReusable()).isFalse();
        assertThat(response(200, Map.of("connection", "Close"), "").isReusable()).isFalse();
        assertThat(response(200, Map.of("connection", "keep-alive"), "").isReusable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'', 404 Not Found", "words, 404 Not Found: words", "' words ', 404 Not Found: words",
            "'{\"error\":\"words\"}', 404 Not Found: words", "'{\"error\":1}', '404 Not Found: {\"error\":1}'",
            "'{\"error\"', '404 Not Found: {\"error\"'", "<html>, 404 Not Found"})
    void shouldShowTheWordsOfAnError(String body, String text) {
        assertThat(ErrorText.of(response(404, Map.of(), body))).isEqualTo(text);
    }

    @Test
    void shouldShowTheStatusOfAnErrorThatCannotBeRead() {
        InputStream broken = chunked("x\r\n");
        assertThat(ErrorText.of(new Response(502, "", Map.of(), broken))).isEqualTo("502");
    }

    @Test
    void shouldWriteARequest() {
        Request request = new Request("POST", Address.parse("http://h:81/a?b"), Map.of("Accept", "x"),
                "é".getBytes(StandardCharsets.UTF_8));
        assertThat(new String(request.bytes(), StandardCharsets.UTF_8).lines()).isEqualTo(List.of("POST /a?b HTTP/1.1",
                "Host: h:81", "User-Agent: tinysse", "Accept: x", "Content-Length: 2", "", "é"));
    }

    @Test
    void shouldWriteNoLengthForAGet() {
        Request request = new Request("GET", Address.parse("http://h"), Map.of(), new byte[0]);
        assertThat(new String(request.bytes(), StandardCharsets.UTF_8)).doesNotContain("Content-Length")
                .endsWith("\r\n\r\n");
        assertThat(Optional.of(request.toString())).contains("GET http://h/sse");
    }

    private static ChunkedBody chunked(String text) {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new ChunkedBody(new LineReader(in), in);
    }

    private static Response response(int status, Map<String, String> headers, String body) {
        return new Response(status, "Not Found", headers,
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}
