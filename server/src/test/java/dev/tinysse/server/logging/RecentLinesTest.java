package dev.tinysse.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecentLinesTest {
    private final RecentLines recent = RecentLines.start();

    @AfterEach
    void close() {
        recent.close();
    }

    private void log(Level level, String message, Throwable thrown) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("dev.tinysse.some.Thing");
        record.setThrown(thrown);
        recent.publish(record);
    }

    @Test
    void shouldRememberWarningsAndErrorsAlone() {
        log(Level.INFO, "not this", null);
        log(Level.WARNING, "first", null);
        log(Level.SEVERE, "second", new IllegalStateException("broken"));
        log(Level.SEVERE, "third", new IllegalStateException());
        assertThat(recent.lines()).extracting(line -> line.level() + " " + line.logger() + " " + line.message())
                .containsExactly("WARN Thing first", "ERROR Thing second: broken",
                        "ERROR Thing third: java.lang.IllegalStateException");
    }

    @Test
    void shouldForgetTheOldest() {
        for (int i = 0; i < 450; i++) {
            log(Level.WARNING, "line " + i, null);
        }
        assertThat(recent.lines()).hasSize(200).extracting(RecentLines.Line::message).startsWith("line 250")
                .endsWith("line 449");
    }

    @Test
    void shouldCutOffWhatIsVeryLong() {
        log(Level.WARNING, "x".repeat(100_000), null);
        assertThat(recent.lines().getFirst().message()).hasSize(4001).endsWith("x…");
    }

    @Test
    void shouldHearWhatLoggersSayUntilItIsClosed() {
        System.getLogger("tinysse.recent").log(System.Logger.Level.WARNING, "heard");
        recent.close();
        System.getLogger("tinysse.recent").log(System.Logger.Level.WARNING, "not heard");
        assertThat(recent.lines()).extracting(RecentLines.Line::message).contains("heard").doesNotContain("not heard");
    }
}
