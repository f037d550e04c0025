package dev.tinysse.streams.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CursorsTest {
    /** A hundred intervals, and a half. */
    private final Cursors cursors = new Cursors(
            InstantSource.fixed(Instant.parse("2024-10-09T00:33:30Z")), new Random(1));

    @Test
    void shouldCountIntervals() {
        assertThat(cursors.next(Optional.empty())).isEqualTo("100");
        assertThat(cursors.next(Optional.of("99"))).isEqualTo("100");
    }

    @Test
    void shouldGoBeyondThatOfTheClient() {
        for (int i = 0; i < 1000; i++) {
            assertThat(Long.parseLong(cursors.next(Optional.of("100")))).isBetween(101L, 280L);
            assertThat(Long.parseLong(cursors.next(Optional.of("5000")))).isBetween(5001L, 5180L);
        }
    }

    @Test
    void shouldIgnoreWhatIsNoCursor() {
        assertThat(cursors.next(Optional.of("abc"))).isEqualTo("100");
        assertThat(cursors.next(Optional.of("-1"))).isEqualTo("100");
        assertThat(cursors.next(Optional.of("999999999999999999"))).isEqualTo("100");
    }
}
