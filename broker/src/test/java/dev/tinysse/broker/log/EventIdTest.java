package dev.tinysse.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {
    private static final String EPOCH = "abcdefgh";
    private static final ChannelSet A = ChannelSet.of(List.of("a"));
    private static final ChannelSet B = ChannelSet.of(List.of("b"));

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 31, 32, 1L << 40, Long.MAX_VALUE})
    void shouldReadTheIdOfAMessage(long position) {
        EventId id = EventId.of(EPOCH, position);

        assertThat(id.toString()).startsWith("abcdefgh-").hasSize(22);
        assertThat(EventId.parse(id.toString())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1L << 40, Long.MAX_VALUE})
    void shouldReadTheIdOfAGap(long watermark) {
        EventId id = EventId.ofGap(EPOCH, 5, watermark, A);

        assertThat(id.toString()).hasSize(40);
        assertThat(EventId.parse(id.toString())).contains(id);
    }

    @Test
    void shouldSortAsPositionsDo() {
        assertThat(List.of(EventId.of(EPOCH, 1).toString(), EventId.of(EPOCH, 31).toString(),
                EventId.of(EPOCH, 32).toString(), EventId.of(EPOCH, 1L << 50).toString())).isSorted();
    }

    @Test
    void shouldKnowTheLossesOfTheSameChannelsAlone() {
        EventId id = EventId.ofGap(EPOCH, 5, 7, A);

        assertThat(id.known(A)).isEqualTo(7);
        assertThat(id.known(B)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "abcdefgh", "abcdefgh-000000000000", "abcdefgh-00000000000000",
            "abcdefgh_0000000000000", "abcdefgi-0000000000000", "ABCDEFGH-0000000000000", "abcdefgh-000000000000u",
            "abcdefgh-8000000000000", "abcdefgh-0000000000000_00000000000000000",
            "abcdefgh-0000000000000-0000000000000000u",
            "abcdefgh-0000000000000-80000000000000000", "abcdefgh-000000000000\u0661"})
    void shouldReadNoIdOfAPublisher(String text) {
        assertThat(EventId.parse(text)).isEmpty();
    }

    @Test
    void shouldRejectWhatCannotBeAnId() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> EventId.of("short", 1));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> EventId.of("ABCDEFGH", 1));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> EventId.of(EPOCH, -1));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new EventId(EPOCH, 1, -1, 0));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new EventId(EPOCH, 1, 1, 1 << 20));
    }

    @Test
    void shouldMakeEpochsThatDiffer() {
        Set<String> epochs = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            epochs.add(EventId.newEpoch());
        }

        assertThat(epochs).hasSize(1000).allSatisfy(epoch -> assertThat(EventId.of(epoch, 1).epoch()).isEqualTo(epoch));
    }
}
