package dev.tinysse.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.log.LogGap;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MissedMessagesTest {
    private final MissedMessages missed = new MissedMessages();

    @Test
    void shouldTellTheFirstLossOfABurst() {
        assertThat(missed.lose(2)).isTrue();
        assertThat(missed.lose(3)).isFalse();
        missed.caughtUp();
        assertThat(missed.lose(1)).isTrue();
        assertThat(missed.lost()).isEqualTo(6);
    }

    @Test
    void shouldTakeWhatWasRenumberedOnce() {
        missed.renumbered(2);
        missed.renumbered(3);

        assertThat(missed.renumbered()).isEqualTo(5);
        assertThat(missed.takeRenumbered()).isEqualTo(5);
        assertThat(missed.renumbered()).isZero();
    }

    @Test
    void shouldMakeOneGapOfSeveral() {
        assertThat(missed.hasGap()).isFalse();
        missed.add(new LogGap(3, 5, Optional.of("0000000a")));
        missed.add(new LogGap(7, 9, Optional.empty()));

        assertThat(missed.hasGap()).isTrue();
        assertThat(missed.takeGap()).isEqualTo(new LogGap(3, 9, Optional.of("0000000a")));
        assertThat(missed.takeGap()).isNull();
    }

    @Test
    void shouldReportTheLatestOfSeveralEpochs() {
        missed.add(new LogGap(3, 5, Optional.of("0000000a")));
        missed.add(new LogGap(7, 9, Optional.of("0000000b")));

        assertThat(missed.takeGap()).isEqualTo(new LogGap(3, 9, Optional.of("0000000b")));
    }
}
