package dev.tinysse.broker.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.LogRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The messages that the limits drop, and how readers detect it. */
interface LimitsContract extends HasLogRig {
    @Test
    default void shouldKeepTheNewestOfEachChannel() throws Exception {
        rig().keep(2);
        rig().publish("a", "1", "2", "3");
        rig().publish("b", "4");

        assertThat(rig().data("a", "b")).containsExactly("2", "3", "4");
        assertThat(rig().data("**")).containsExactly("2", "3", "4");
    }

    @Test
    default void shouldTellWhatTheCountHasDroppedToThoseBehindIt() throws Exception {
        rig().keep(2);
        List<Long> positions = rig().publish("a", "1", "2", "3");
        rig().publish("b", "4");

        assertThat(rig().dropped("a", 0, 0).channels()).containsExactly("a");
        assertThat(rig().dropped("*", 0, 0).channels()).containsExactly("a");
        assertThat(rig().isWhole("a", positions.getFirst())).isTrue();
        assertThat(rig().isWhole("b", 0)).isTrue();
    }

    @Test
    default void shouldDropWhatIsTooOld() throws Exception {
        rig().keep(10, Duration.ofMinutes(10), 1_000_000);
        List<Long> positions = rig().publish("a", "1", "2");
        rig().clock().move(Duration.ofMinutes(6));
        rig().publish("a", "3");
        assertThat(rig().data("a")).containsExactly("1", "2", "3");
        rig().clock().move(Duration.ofMinutes(6));
        rig().log().retention().sweep();

        assertThat(rig().data("a")).containsExactly("3");
        assertThat(rig().dropped("a", positions.get(0), 0).channels()).containsExactly("a");
        assertThat(rig().isWhole("a", positions.get(1))).isTrue();
    }

    @Test
    default void shouldNotReadWhatIsTooOldBeforeItIsSwept() throws Exception {
        rig().keep(10, Duration.ofMinutes(10), 1_000_000);
        rig().publish("a", "1");
        rig().publish("b", "2");
        rig().clock().move(Duration.ofMinutes(11));

        assertThat(rig().data("a")).isEmpty();
        assertThat(rig().data("a", "b")).isEmpty();
        assertThat(rig().data("**")).isEmpty();
    }

    @Test
    default void shouldDropTheOldestOfAllChannelsBeyondTheSize() throws Exception {
        rig().keep(100_000, Duration.ZERO, 2_000_000);
        long cold = rig().publish("cold", "first").getFirst();
        String large = "x".repeat(2000);
        for (int i = 0; i < 3000; i++) {
            rig().publish("hot", large + i);
        }

        await().untilAsserted(() -> assertThat(rig().isWhole("hot", 0)).isFalse());
        List<LogRecord> hot = rig().read(List.of("hot"), 0, 1000);
        assertThat(hot).hasSizeBetween(100, 1000);
        assertThat(LogRig.data(hot).getLast()).isEqualTo(large + 2999);
        assertThat(rig().data("cold")).isEmpty();
        assertThat(rig().isWhole("cold", 0)).isFalse();
        assertThat(rig().isWhole("cold", hot.getFirst().position())).isTrue();
        assertThat(hot.getFirst().previous()).isGreaterThan(cold);
        assertThat(rig().isWhole("hot", hot.getFirst().previous())).isTrue();
        assertThat(rig().isWhole("hot", hot.getFirst().previous() - 1)).isFalse();
    }

    @Test
    default void shouldNotTellAgainWhatIsKnown() throws Exception {
        rig().keep(1);
        rig().publish("a", "1", "2");
        Dropped told = rig().dropped("a", 0, 0);
        assertThat(told.channels()).containsExactly("a");

        assertThat(rig().dropped("a", 0, told.watermark()).isEmpty()).isTrue();
        rig().publish("b", "3", "4");
        assertThat(rig().dropped("a", 0, told.watermark()).isEmpty()).isTrue();
        rig().publish("a", "5");
        assertThat(rig().dropped("a", 0, told.watermark()).channels()).containsExactly("a");
        assertThat(rig().dropped("*", 0, told.watermark()).channels()).containsExactly("a", "b");
    }

    @Test
    default void shouldTellOfNewLossesByAgeThoughOlderOnesAreKnown() throws Exception {
        rig().keep(10, Duration.ofMinutes(10), 1_000_000);
        rig().publish("a", "1");
        rig().clock().move(Duration.ofMinutes(6));
        rig().publish("a", "2");
        rig().clock().move(Duration.ofMinutes(6));
        Dropped told = rig().dropped("a", 0, 0);
        assertThat(told.channels()).containsExactly("a");
        assertThat(rig().dropped("a", 0, told.watermark()).isEmpty()).isTrue();
        rig().clock().move(Duration.ofMinutes(6));

        assertThat(rig().dropped("a", 0, told.watermark()).channels()).containsExactly("a");
    }
}
