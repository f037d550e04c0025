package dev.tinysse.server.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseEncoderTest {
    private static String encode(Message message) {
        return new String(SseEncoder.encode(message), UTF_8);
    }

    @Test
    void shouldWriteTheFieldsInOrderWithASpaceBehindEachColon() {
        Message message = Message.builder().comments(List.of("c1", "c2")).data("a\nb").event("e").id("i").build();
        assertThat(encode(message)).isEqualTo("id: i\nevent: e\ndata: a\ndata: b\n: c1\n: c2\n\n");
    }

    @Test
    void shouldWriteOnlyTheFieldsThatAreThere() {
        assertThat(encode(Message.builder().id("").build())).isEqualTo("id: \n\n");
        assertThat(encode(Message.of(""))).isEqualTo("data: \n\n");
        assertThat(encode(Message.builder().comments(List.of("")).build())).isEqualTo(": \n\n");
    }

    @ParameterizedTest
    @CsvSource({"a\\n, 'a,'", "\\na, ',a'", "a\\r, 'a,'", "\\ra, ',a'", "a\\r\\n, 'a,'", "a\\r\\nb, 'a,b'",
            "a\\n\\rb, 'a,,b'",
            "a\\r\\rb, 'a,,b'", "a\\n\\nb, 'a,,b'", "\\r, ','", "\\n, ','", "\\r\\n, ','",
            "a\\rb\\nc\\r\\nd, 'a,b,c,d'"})
    void shouldSplitDataAtEveryLineBreak(String text, String lines) {
        String data = text.replace("\\n", "\n").replace("\\r", "\r");
        assertThat(encode(Message.of(data))).isEqualTo("data: " + lines.replace(",", "\ndata: ") + "\n\n");
    }

    @Test
    void shouldWriteACommentOfSeveralLinesAsSeveralComments() {
        assertThat(new String(SseEncoder.comment("a\r\nb\r"), UTF_8)).isEqualTo(": a\n: b\n: \n\n");
    }

    @Test
    void shouldWriteRetryWithASpaceBehindTheColon() {
        assertThat(new String(SseEncoder.retry("timeout", 1500), UTF_8)).isEqualTo(": timeout\nretry: 1500\n\n");
        assertThat(new String(SseEncoder.retry(0), UTF_8)).isEqualTo("retry: 0\n\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldBeReadBackAsOneEventWithTheSameText(long seed) {
        RandomMessages messages = new RandomMessages(seed);
        for (int i = 0; i < 20_000; i++) {
            Message message = messages.next();
            assertThat(EventStreamParser.parse(SseEncoder.encode(message))).containsExactly(Blocks.of(message));
        }
    }
}
