package dev.tinysse.server.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedSseFormatTest {
    private final ChunkedSseFormat format = new ChunkedSseFormat("still here");

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    @Test
    void shouldPutAMessageIntoOneChunk() {
        assertThat(text(format.message(Message.of("hi")))).isEqualTo("a\r\ndata: hi\n\n\r\n");
    }

    @Test
    void shouldCountBytesAndNotCharacters() {
        assertThat(text(format.message(Message.of("\u20AC")))).isEqualTo("b\r\ndata: \u20AC\n\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 247, 248, 4095, 65_535, 1_000_000})
    void shouldSayTheSizeInHexadecimal(int length) {
        String chunk = text(format.message(Message.of("x".repeat(length))));
        int size = Integer.parseInt(chunk.substring(0, chunk.indexOf("\r\n")), 16);
        assertThat(size).isEqualTo("data: \n\n".length() + length);
        assertThat(chunk).hasSize(chunk.indexOf("\r\n") + 2 + size + 2)
                .endsWith("x".repeat(Math.min(length, 1)) + "\n\n\r\n");
    }

    @Test
    void shouldSendTheConfiguredCommentAsKeepAlive() {
        assertThat(text(format.keepAlive())).isEqualTo("e\r\n: still here\n\n\r\n");
    }

    @Test
    void shouldEndAStreamWhoseTimeIsUpWithTheLastChunk() {
        assertThat(text(format.timeout(5))).isEqualTo("14\r\n: timeout\nretry: 5\n\n\r\n0\r\n\r\n");
    }

    @Test
    void shouldEndAStreamOfAStoppingServerWithTheLastChunk() {
        assertThat(text(format.stop(1234))).isEqualTo("d\r\nretry: 1234\n\n\r\n0\r\n\r\n");
    }
}
