package dev.tinysse.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineWheelTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long START = TimeUnit.HOURS.toNanos(1);

    private final List<DeadlineWheel.Deadline> reported = new ArrayList<>();
    private final DeadlineWheel wheel = new DeadlineWheel(START);

    private static final class Probe extends DeadlineWheel.Deadline {}

    private void advance(long now) {
        advance(wheel, now);
    }

    private void advance(DeadlineWheel of, long now) {
        of.advance(now);
        for (DeadlineWheel.Deadline due = of.nextDue(); due != null; due = of.nextDue()) {
            reported.add(due);
        }
    }

    @Test
    void shouldReportADeadlineOnceItsTimeHasCome() {
        Probe probe = new Probe();
        wheel.set(probe, START + 100 * MILLI);
        advance(START + 99 * MILLI);
        assertThat(reported).isEmpty();
        advance(START + 105 * MILLI);
        advance(START + 1000 * MILLI);
        assertThat(reported).containsExactly(probe);
    }

    @Test
    void shouldNotReportWhatWasCleared() {
        Probe probe = new Probe();
        wheel.set(probe, START + 10 * MILLI);
        wheel.clear(probe);
        advance(START + 1000 * MILLI);
        assertThat(reported).isEmpty();
    }

    @Test
    void shouldNotReportWhatWasClearedSinceItWasDue() {
        Probe first = new Probe();
        Probe second = new Probe();
        wheel.set(first, START + 10 * MILLI);
        wheel.set(second, START + 10 * MILLI);
        wheel.advance(START + 20 * MILLI);
        DeadlineWheel.Deadline reportedFirst = wheel.nextDue();
        wheel.clear(reportedFirst == first ? second : first);
        assertThat(wheel.nextDue()).isNull();
    }

    @Test
    void shouldReportOnlyAtTheTimeItWasMovedTo() {
        Probe probe = new Probe();
        wheel.set(probe, START + 10 * MILLI);
        wheel.set(probe, START + 50 * MILLI);
        advance(START + 40 * MILLI);
        assertThat(reported).isEmpty();
        advance(START + 60 * MILLI);
        assertThat(reported).containsExactly(probe);
    }

    @ParameterizedTest
    @ValueSource(longs = {20_470, 20_480, 20_490, 60_000, 300_000, 86_400_000})
    void shouldKeepDeadlinesBeyondOneTurnOfTheWheel(long millis) {
        Probe probe = new Probe();
        wheel.set(probe, START + millis * MILLI);
        for (long now = 0; now < millis - 5; now += Math.max(1, millis / 1000)) {
            advance(START + now * MILLI);
        }
        assertThat(reported).isEmpty();
        advance(START + (millis + 5) * MILLI);
        assertThat(reported).containsExactly(probe);
    }

    @Test
    void shouldMissNothingWhenTimeJumpsFar() {
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            probes.add(new Probe());
            wheel.set(probes.getLast(), START + i * 7L * MILLI);
        }
        advance(START + TimeUnit.HOURS.toNanos(5));
        assertThat(reported).containsExactlyInAnyOrderElementsOf(probes);
    }

    @Test
    void shouldLetADeadlineBeSetAgainWhileItIsReported() {
        List<Long> times = new ArrayList<>();
        wheel.set(new Probe(), START + 100 * MILLI);
        for (long now = START; now < START + 1000 * MILLI; now += 5 * MILLI) {
            wheel.advance(now);
            for (DeadlineWheel.Deadline due = wheel.nextDue(); due != null; due = wheel.nextDue()) {
                times.add((now - START) / MILLI);
                wheel.set(due, now + 100 * MILLI);
            }
        }
        assertThat(times).containsExactly(100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L, 900L);
    }

    @Test
    void shouldLetItsUserSleepWithoutEndWhenNothingIsSet() {
        assertThat(wheel.millisToNext(START)).isZero();
    }

    @Test
    void shouldNeverLetItsUserSleepPastADeadline() {
        Probe probe = new Probe();
        wheel.set(probe, START + 100_000 * MILLI);
        long now = START;
        while (reported.isEmpty()) {
            long millis = wheel.millisToNext(now);
            assertThat(millis).isPositive();
            now += millis * MILLI;
            advance(now);
        }
        assertThat((now - START) / MILLI).isBetween(100_000L, 100_010L);
    }

    @Test
    void shouldWorkWithTimesBelowZero() {
        long start = -10_003 * MILLI - 1;
        DeadlineWheel own = new DeadlineWheel(start);
        own.set(new Probe(), start + 21 * MILLI);
        advance(own, start + 20 * MILLI);
        assertThat(reported).isEmpty();
        advance(own, start + 30 * MILLI);
        assertThat(reported).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldDoAsAPlainMapOfTimesDoes(long seed) {
        Random random = new Random(seed);
        Map<DeadlineWheel.Deadline, Long> model = new HashMap<>();
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            probes.add(new Probe());
        }
        long now = START;
        for (int step = 0; step < 20_000; step++) {
            Probe probe = probes.get(random.nextInt(probes.size()));
            if (random.nextInt(4) == 0) {
                wheel.clear(probe);
                model.remove(probe);
            } else {
                long time = now + (long) (Math.pow(random.nextDouble(), 3) * 60_000 * MILLI);
                wheel.set(probe, time);
                model.put(probe, time);
            }
            now += random.nextLong(random.nextInt(100) == 0 ? 30_000 * MILLI : 20 * MILLI);
            advance(now);
            for (DeadlineWheel.Deadline deadline : reported) {
                assertThat(model.remove(deadline)).isLessThanOrEqualTo(now);
            }
            reported.clear();
            long late = now - 10 * MILLI;
            assertThat(model.values()).allMatch(time -> time > late);
        }
    }
}
