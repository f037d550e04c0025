package dev.tinysse.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LineageClockTest {
    @Test
    void shouldGrowWhereTheClockStandsStill() {
        LineageClock clock = new LineageClock(InstantSource.fixed(Instant.ofEpochMilli(5)), 0);

        assertThat(clock.epoch()).isEqualTo(new LineageEpoch(5000, 5000));
        assertThat(clock.next()).isEqualTo(5001);
        assertThat(clock.next()).isEqualTo(5002);
        assertThat(clock.epoch()).isEqualTo(new LineageEpoch(5000, 5002));
    }

    @Test
    void shouldGrowBeyondAnEarlierRunWhoseClockWasAhead() {
        LineageClock clock = new LineageClock(InstantSource.fixed(Instant.ofEpochMilli(5)), 9000);

        assertThat(clock.epoch().run()).isEqualTo(9001);
        assertThat(clock.next()).isEqualTo(9002);
    }
}
