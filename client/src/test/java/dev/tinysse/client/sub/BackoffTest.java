package dev.tinysse.client.sub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    /** Always gives the largest number that is allowed. */
    private static final RandomGenerator LARGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };
    private final Backoff backoff = new Backoff(LARGEST);

    private long next() {
        return backoff.next().toMillis();
    }

    @Test
    void shouldDoubleTheLimitUpToHalfAMinute() {
        assertThat(new long[]{next(), next(), next(), next(), next(), next(), next()})
                .containsExactly(1000, 2000, 4000, 8000, 16_000, 30_000, 30_000);
    }

    @Test
    void shouldBeginWithWhatTheServerSays() {
        backoff.retry(250);
        assertThat(next()).isEqualTo(250);
        assertThat(next()).isEqualTo(500);

        backoff.opened();
        assertThat(next()).isEqualTo(250);
    }

    @Test
    void shouldNotAskWithoutAPauseWhateverTheServerSays() {
        backoff.retry(0);

        assertThat(next()).isEqualTo(100);
    }

    @Test
    void shouldWaitLongerThanHalfAMinuteIfTheServerSaysSo() {
        backoff.retry(120_000);

        next();
        assertThat(next()).isEqualTo(120_000);
    }

    @Test
    void shouldNotWaitLongerThanADay() {
        backoff.retry(Long.MAX_VALUE);

        assertThat(next()).isEqualTo(86_400_000);
    }

    @Test
    void shouldWaitAtLeastAsLongAsARefusalSays() {
        backoff.notBefore(Duration.ofSeconds(5));

        assertThat(next()).isEqualTo(6000);
        assertThat(next()).isEqualTo(2000);
    }

    @Test
    void shouldSpread() {
        Backoff random = new Backoff(RandomGenerator.of("L64X128MixRandom"));
        random.retry(1_000_000);

        assertThat(random.next()).isNotEqualTo(random.next());
    }
}
