package dev.tinysse.broker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.GapReason;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.stream.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GapsTest {
    private static final ChannelSet CHANNELS = ChannelSet.of(List.of("a", "b.*"));

    @ParameterizedTest
    @EnumSource
    void shouldHaveAnIdFromWhichItsStreamResumes(GapReason reason) {
        Gap gap = Gaps.behind(7, "0000000a", 9, CHANNELS, Optional.of("last"), reason, List.of("a"));
        EventId id = EventId.parse(gap.id().orElseThrow()).orElseThrow();

        assertThat(id.epoch()).isEqualTo("0000000a");
        assertThat(id.position()).isEqualTo(7);
        assertThat(id.known(CHANNELS)).isEqualTo(9);
        assertThat(gap.after()).contains("last");
        assertThat(gap.reason()).isEqualTo(reason);
        assertThat(gap.channels()).containsExactly("a");
    }

    @Test
    void shouldTellOtherStreamsNothingOfWhatIsKnown() {
        Gap gap = Gaps.behind(7, "0000000a", 9, CHANNELS, Optional.empty(), GapReason.EXPIRED, List.of("a"));
        EventId id = EventId.parse(gap.id().orElseThrow()).orElseThrow();

        assertThat(id.known(ChannelSet.of(List.of("a")))).isZero();
    }

    @Test
    void shouldHaveNoIdWithoutHistory() {
        List<String> missing = new ArrayList<>(List.of("a"));
        Gap gap = Gaps.withoutId(GapReason.EXPIRED, missing);
        missing.clear();

        assertThat(gap).isEqualTo(new Gap(Optional.empty(), Optional.empty(), GapReason.EXPIRED, List.of("a")));
    }
}
