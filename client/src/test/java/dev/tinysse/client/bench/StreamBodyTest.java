package dev.tinysse.client.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamBodyTest {
    private static final Marker MARKER = new Marker("0ABCDEF9");
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";

    private static List<Long> read(String text, int piece) throws IOException {
        List<Long> numbers = new ArrayList<>();
        StreamBody body = new StreamBody(new EventScanner(MARKER.pattern()));
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int from = 0; from < bytes.length; from += piece) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
            body.accept(part, part.length, numbers::add);
        }
        return numbers;
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + ";x=1\r\n" + text + "\r\n";
    }

    private static String event(long number) {
        return "event: ddata\ndata: " + MARKER.text(number, 64) + "\n\n";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void shouldFindMessagesInChunksOfAnySize(int piece) throws IOException {
        String first = event(1);
        String text = HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk(": ok\n\n") + chunk(first.substring(0, 25))
                + chunk(first.substring(25) + event(20)) + chunk("data: of somebody else 0ABCDEF91234567890\n\n")
                + chunk("data:" + MARKER.text(1234567890, 0) + "\n\n");

        assertThat(read(text, piece)).containsExactly(1L, 20L, 1234567890L);
    }

    @Test
    void shouldFindMessagesInAStreamWithoutChunks() throws IOException {
        assertThat(read(HEAD + "\r\n" + event(7), 10)).containsExactly(7L);
    }

    @Test
    void shouldFailAtAnythingButAStream() {
        assertThatThrownBy(() -> read("HTTP/1.1 403 Forbidden\r\n\r\n", 100))
                .hasMessageContaining("HTTP/1.1 403 Forbidden");
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", 100))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(HEAD + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 100))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldFailAtTheEndOfAStream() {
        assertThatThrownBy(
                () -> read(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk(": busy\n\n") + "0\r\n\r\n", 3))
                .hasMessage("the server has ended a stream");
    }

    @Test
    void shouldFillATextUp() {
        assertThat(MARKER.text(7, 20)).isEqualTo("0ABCDEF90000000007xx");
        assertThat(Marker.of(-1).run()).isEqualTo("FFFFFFFF");
    }
}
