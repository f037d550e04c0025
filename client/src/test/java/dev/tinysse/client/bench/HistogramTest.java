package dev.tinysse.client.bench;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private static final Percentage WIDTH = Percentage.withPercentage(1.6);

    @Test
    void shouldGivePercentiles() {
        Histogram histogram = new Histogram();
        for (int i = 1; i <= 1000; i++) {
            histogram.add(i * 1_000_000L);
        }

        assertThat(histogram.percentile(0.5)).isCloseTo(500, WIDTH);
        assertThat(histogram.percentile(0.99)).isCloseTo(990, WIDTH);
        assertThat(histogram.percentile(1)).isEqualTo(1000);
        assertThat(histogram.max()).isEqualTo(1000);
    }

    @Test
    void shouldGiveNothingOfNothing() {
        assertThat(new Histogram().percentile(0.99)).isZero();
    }

    @Test
    void shouldCountWhatSeemsToComeBeforeItsTimeAsNoLatency() {
        Histogram histogram = new Histogram();
        histogram.add(-5);

        assertThat(histogram.percentile(0.5)).isZero();
    }

    @Property
    void shouldBeCloseToEachValue(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long value) {
        Histogram histogram = new Histogram();
        histogram.add(value);
        histogram.add(Long.MAX_VALUE);

        assertThat(histogram.percentile(0.5) * 1e6).isCloseTo((double) value, WIDTH);
    }
}
