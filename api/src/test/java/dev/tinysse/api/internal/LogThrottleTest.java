package dev.tinysse.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogThrottleTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE); // wraps after its next nanosecond
    private final Lines lines = new Lines();
    private final LogThrottle interval = LogThrottle.perInterval(SECOND, now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void shouldLetALineOfEachKindPassPerInterval() {
        assertThat(interval.isDue("a")).isTrue();
        assertThat(interval.isDue("a")).isFalse();
        assertThat(interval.isDue("b")).isTrue();
        pass(SECOND.minusNanos(1));
        assertThat(interval.isDue("a")).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(interval.isDue("a")).isTrue();
        assertThat(interval.isDue("a")).isFalse();
    }

    @Test
    void shouldLetALinePassPerBurst() {
        LogThrottle burst = LogThrottle.perBurst(SECOND, now::get);
        assertThat(burst.isDue()).isTrue();
        for (int i = 0; i < 10; i++) {
            pass(SECOND.minusNanos(1));
            assertThat(burst.isDue()).isFalse();
        }
        pass(SECOND);
        assertThat(burst.isDue()).isTrue();
    }

    @Test
    void shouldLetALineOfEachOfAThousandKindsPassOnce() {
        LogThrottle once = LogThrottle.once();
        assertThat(IntStream.range(0, 2000).filter(kind -> once.isDue("kind " + kind))).hasSize(1000);
        assertThat(once.isDue("kind 0")).isFalse();
    }

    @Test
    void shouldLetAllLinesPassBeyondAThousandKinds() {
        assertThat(IntStream.range(0, 2000).filter(kind -> interval.isDue("kind " + kind))).hasSize(2000);
        assertThat(interval.isDue("kind 0")).isFalse();
        assertThat(interval.isDue("kind 1999")).isTrue();
    }

    @Test
    void shouldLogANewTextInFullAndThenHowOftenItRecurred() {
        assertThat(interval.log(lines, Level.ERROR, "boom", "boom\nat line 1")).isTrue();
        assertThat(interval.log(lines, Level.ERROR, "boom", "boom\nat line 1")).isFalse();
        pass(SECOND);
        assertThat(interval.log(lines, Level.ERROR, "boom", "boom\nat line 1")).isFalse();
        assertThat(lines.written).containsExactly("boom\nat line 1", "boom (2 more times)");
    }

    @Test
    void shouldLogTheNumberOfLinesThatWereWithheld() {
        for (int i = 0; i < 3; i++) {
            interval.log(lines, Level.ERROR, "boom", "boom");
        }
        interval.log(lines, Level.ERROR, "other", "other");
        interval.logWithheld(lines, Level.ERROR);
        interval.logWithheld(lines, Level.ERROR);
        assertThat(lines.written).containsExactly("boom", "other", "boom (2 more times)");
    }

    private static final class Lines implements Logger {
        private final List<String> written = new ArrayList<>();

        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {}

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            written.add(parameters == null || parameters.length == 0 ? format : parameters[0].toString());
        }
    }
}
