package dev.tinysse.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogFinderTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    private final System.Logger log = System.getLogger("tinysse");

    @AfterEach
    void logToStandardOutputAgain() {
        Logging.start(LogLevel.INFO, LogFormat.TEXT);
    }

    @Test
    void shouldMakeTheLoggersOfTheProcess() {
        assertThat(System.LoggerFinder.getLoggerFinder()).isInstanceOf(LogFinder.class);
    }

    @Test
    void shouldKeepTheException() {
        Logging.start(LogLevel.INFO, LogFormat.TEXT, out, false);

        log.log(Level.ERROR, "it failed", new IllegalStateException("no disk"));

        assertThat(lines()).endsWith("tinysse: it failed: no disk\n");
    }

    @Test
    void shouldLogNothingBelowTheLevel() {
        Logging.start(LogLevel.INFO, LogFormat.TEXT, out, false);

        log.log(Level.DEBUG, "a detail");
        log.log(Level.DEBUG, "{0}", "a detail");

        assertThat(lines()).isEmpty();
        assertThat(log.isLoggable(Level.DEBUG)).isFalse();
        assertThat(log.isLoggable(Level.INFO)).isTrue();
    }

    private String lines() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
