package dev.tinysse.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tinysse.api.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ResultsCodecTest {
    private static final String ID = EventId.of("abcdefgh", 1L << 40).toString();
    private static final String NEXT = EventId.of("abcdefgh", (1L << 40) + 1).toString();

    static final List<List<PublishResult>> RESULTS = List.of(List.of(), List.of(accepted(0, "")),
            List.of(accepted(1, ID), accepted(1, NEXT), accepted(1, NEXT), accepted(2, "own \u4e16")),
            List.of(accepted(1, ID), accepted(2, NEXT)), List.of(accepted(1, "own"), accepted(1, "own")),
            List.of(accepted(1, EventId.of("abcdefgh", Long.MAX_VALUE).toString()), accepted(1, ID)),
            List.of(accepted(1, EventId.ofGap("abcdefgh", 1, 2, ChannelSet.of(List.of("a"))).toString())),
            List.of(new PublishResult.Empty(1), accepted(1, ""),
                    new PublishResult.Rejected(Refusal.DEFAULT), new PublishResult.Rejected(Refusal.DEFAULT),
                    new PublishResult.Rejected(Refusal.of(429, "a\nb")),
                    new PublishResult.Rejected(new Refusal(204, Optional.empty(), Map.of()))));

    private static PublishResult accepted(int queued, String id) {
        return new PublishResult.Accepted(queued, 300, Optional.of(id).filter(present -> !present.isEmpty()));
    }

    @ParameterizedTest
    @FieldSource("RESULTS")
    void shouldReadWhatItHasWritten(List<PublishResult> results) {
        assertThat(ResultsCodec.decode(ResultsCodec.encode(results))).isEqualTo(results);
    }

    @Test
    void shouldWriteTheResultsOfManyMessagesInFewBytes() {
        List<PublishResult> results = new ArrayList<>(IntStream.range(0, 10_000)
                .mapToObj(i -> accepted(7, EventId.of("abcdefgh", 1000L + i).toString())).toList());

        byte[] bytes = ResultsCodec.encode(results);

        assertThat(bytes).hasSizeLessThan(100);
        assertThat(ResultsCodec.decode(bytes)).isEqualTo(results);
    }

    @Test
    void shouldLeaveOutTheHeadersOfRefusals() {
        Refusal refusal = Refusal.of(429, "later");

        assertThat(ResultsCodec
                .decode(ResultsCodec
                        .encode(List.of(new PublishResult.Rejected(refusal.withHeader("Retry-After", "1"))))))
                .containsExactly(new PublishResult.Rejected(refusal));
    }

    @ParameterizedTest
    @FieldSource("RESULTS")
    void shouldRejectBytesThatAreCutOff(List<PublishResult> results) {
        byte[] bytes = ResultsCodec.encode(results);

        for (int length = 1; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            try {
                assertThat(ResultsCodec.decode(cut)).hasSizeLessThan(results.size()); // between two results
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("bytes=" + length);
            }
        }
    }

    @Test
    void shouldRejectAKindThatNoResultHas() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> decode(1, 3, 0, 0, 0))
                .withMessageContaining("kind=3");
    }

    @Test
    void shouldRejectACountThatNoRequestHas() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> decode(0xff, 0xff, 0xff, 0xff, 0x07, 0, 0, 0, 0)).withMessageContaining("count=");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> decode(0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0)).withMessageContaining("count=-1");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> decode(0, 0, 0, 0, 0))
                .withMessageContaining("count=0");
    }

    @Test
    void shouldRejectTextsThatAreLongerThanTheBytes() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> decode(1, 0, 0, 0, 1, 100, 'x'));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> decode(1, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff, 0x0f, 'x'));
    }

    @Test
    void shouldRejectARefusalThatCannotBeSent() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> decode(1, 2, 100, 0))
                .withMessageContaining("status=100");
    }

    @Test
    void shouldRejectRandomBytesOrReadResults() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            try {
                ResultsCodec.decode(bytes);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    /** The bytes of a release that has stored them: they may not change. */
    @Test
    void shouldKeepTheFormat() {
        assertThat(ResultsCodec.encode(List.of(accepted(1, "x"), new PublishResult.Empty(2),
                new PublishResult.Rejected(Refusal.of(429, "no"))))).containsExactly(1, 0, 1, 0xac, 2, 1, 1, 'x', 1, 1,
                        2,
                        0, 0, 1, 2, 0xad, 3, 1, 2, 'n', 'o');
    }

    private static List<PublishResult> decode(int... bytes) {
        byte[] malformed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            malformed[i] = (byte) bytes[i];
        }
        return ResultsCodec.decode(malformed);
    }
}
