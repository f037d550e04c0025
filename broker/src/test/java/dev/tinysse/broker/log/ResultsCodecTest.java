package dev.tinysse.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            List.of(new PublishResult.Empty(new Receipt(1, 0, Optional.empty())), accepted(1, ""),
                    new PublishResult.Refused(Refusal.DEFAULT), new PublishResult.Refused(Refusal.DEFAULT),
                    new PublishResult.Refused(Refusal.of(429, "a\nb")),
                    new PublishResult.Refused(new Refusal(204, Optional.empty(), Map.of()))));

    private static PublishResult accepted(int queued, String id) {
        return new PublishResult.Accepted(
                new Receipt(queued, 300, Optional.of(id).filter(present -> !present.isEmpty())));
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
                        .encode(List.of(new PublishResult.Refused(refusal.withHeader("Retry-After", "1"))))))
                .containsExactly(new PublishResult.Refused(refusal));
    }
}
