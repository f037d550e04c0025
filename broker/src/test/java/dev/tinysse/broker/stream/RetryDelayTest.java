package dev.tinysse.broker.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {
    @Test
    void shouldStayWithinItsBoundsAndReachBoth() {
        RetryDelay delay = new RetryDelay(50, 53);
        assertThat(LongStream.range(0, 1000).map(i -> delay.nextMillis()).distinct()).containsExactlyInAnyOrder(50L,
                51L,
                52L, 53L);
    }

    @Test
    void shouldBeTheSameForEverybodyIfItIsATime() {
        RetryDelay delay = RetryDelay.of(Duration.ZERO);
        assertThat(LongStream.range(0, 100).map(i -> delay.nextMillis())).containsOnly(0L);
    }

    @Test
    void shouldSpreadMoreStreamsOverMoreTime() {
        assertThat(RetryDelay.afterStop(0)).isEqualTo(new RetryDelay(1000, 2000));
        assertThat(RetryDelay.afterStop(20_000)).isEqualTo(new RetryDelay(1000, 12_000));
    }

    @ParameterizedTest
    @CsvSource({"-1, 5", "5, 4"})
    void shouldRefuseBoundsThatAreNone(long min, long max) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryDelay(min, max));
    }
}
