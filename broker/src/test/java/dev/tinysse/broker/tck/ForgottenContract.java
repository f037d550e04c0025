package dev.tinysse.broker.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.LogRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Channels of which nothing is left. */
interface ForgottenContract extends HasLogRig {
    @Test
    default void shouldMissNothingInChannelsThatNeverWereWhileNothingIsForgotten() throws Exception {
        rig().keep(1);
        rig().publish("a", "1", "2");

        assertThat(rig().isWhole("never", 0)).isTrue();
        assertThat(rig().isWhole("never.*", 0)).isTrue();
    }

    @Test
    default void shouldTakeWhatIsOlderThanTheLatestForgottenChannelForLost() throws Exception {
        rig().keep(10, Duration.ofMinutes(10), 1_000_000);
        long forgotten = rig().publish("a", "1").getFirst();
        rig().clock().move(Duration.ofMinutes(11));
        rig().log().retention().sweep();
        rig().publish("b", "2");

        for (String channel : List.of("a", "never", "never.*")) {
            assertThat(rig().dropped(channel, forgotten - 1, 0).channels()).containsExactly(channel);
            assertThat(rig().isWhole(channel, forgotten)).isTrue();
        }
    }

    @Test
    default void shouldNotTellAgainOfForgottenChannels() throws Exception {
        rig().keep(10, Duration.ofMinutes(10), 1_000_000);
        rig().publish("a", "1");
        rig().clock().move(Duration.ofMinutes(11));
        rig().log().retention().sweep();
        Dropped told = rig().dropped("a", 0, 0);
        assertThat(told.isEmpty()).isFalse();

        assertThat(rig().dropped("a", 0, told.watermark()).isEmpty()).isTrue();
        assertThat(rig().dropped("*", 0, told.watermark()).isEmpty()).isTrue();
        rig().publish("b", "2");
        rig().clock().move(Duration.ofMinutes(11));
        rig().log().retention().sweep();
        assertThat(rig().dropped("b", 0, told.watermark()).isEmpty()).isFalse();
    }

    @Test
    default void shouldNotTakeAChannelThatComesBackForAWholeOne() throws Exception {
        rig().keep(10, Duration.ofMinutes(10), 1_000_000);
        long forgotten = rig().publish("a", "1").getFirst();
        rig().clock().move(Duration.ofMinutes(11));
        rig().log().retention().sweep();
        long next = rig().publish("a", "2").getFirst();

        assertThat(rig().isWhole("a", forgotten - 1)).isFalse();
        assertThat(rig().isWhole("a", forgotten)).isTrue();
        assertThat(rig().read(List.of("a"), 0, 10)).extracting(LogRecord::position).containsExactly(next);
        assertThat(rig().followed().getLast().previous()).isGreaterThanOrEqualTo(forgotten).isLessThan(next);
    }
}
