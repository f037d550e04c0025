package dev.tinysse.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.broker.tck.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PositionsTest {
    private final TestClock clock = new TestClock();
    private final Positions positions = new Positions(clock, 0);

    @Test
    void shouldBeginWithTheTime() {
        assertThat(positions.next()).isEqualTo(Positions.ofMillis(clock.millis()));
        assertThat(Positions.millis(positions.last())).isEqualTo(clock.millis());
    }

    @Test
    void shouldCountWithinAMillisecond() {
        long first = positions.next();

        assertThat(positions.next()).isEqualTo(first + 1);
        clock.move(Duration.ofMillis(1));
        assertThat(positions.next()).isEqualTo(Positions.ofMillis(clock.millis()));
    }

    @Test
    void shouldRiseThoughTheClockIsSetBack() {
        long first = positions.next();
        clock.move(Duration.ofDays(-1));

        assertThat(positions.next()).isEqualTo(first + 1);
    }

    @Test
    void shouldBeBehindThoseThatWereGivenBefore() {
        long last = Positions.ofMillis(clock.millis() + 1000);

        assertThat(new Positions(clock, last).next()).isEqualTo(last + 1);
    }

    @Test
    void shouldBeBehindThoseOfAnother() {
        long others = Positions.ofMillis(clock.millis() + 1000);
        positions.advanceTo(others);
        assertThat(positions.last()).isEqualTo(others);
        positions.advanceTo(1);

        assertThat(positions.next()).isEqualTo(others + 1);
    }

    @Test
    void shouldTakeATimeBefore1970For1970() {
        assertThat(Positions.ofMillis(-1)).isZero();
    }
}
