package dev.tinysse.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.internal.LogLines;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFormatterTest {
    private final LineFormatter plain = new LineFormatter(false, false);

    @Test
    void shouldWriteTimeLevelNameAndText() {
        assertThat(plain.format(record("Started"))).isEqualTo("2026-11-23T21:49:27.803Z  INFO tinysse: Started\n");
    }

    @Test
    void shouldWriteMillisecondsAlsoWhenThereAreNone() {
        LogRecord record = record("x");
        record.setInstant(Instant.parse("2026-11-23T21:49:27Z"));

        assertThat(plain.format(record)).startsWith("2026-11-23T21:49:27.000Z ");
    }

    @ParameterizedTest
    @CsvSource({"SEVERE, ERROR", "WARNING, ' WARN'", "INFO, ' INFO'", "CONFIG, DEBUG", "FINE, DEBUG", "FINEST, TRACE"})
    void shouldPadTheLevel(String level, String word) {
        LogRecord record = record("x");
        record.setLevel(Level.parse(level));

        assertThat(plain.format(record)).contains("Z " + word + " tinysse: ");
    }

    @Test
    void shouldShortenNamesToTheirLastPart() {
        LogRecord record = record("x");
        record.setLoggerName("io.helidon.webserver.LoomServer");

        assertThat(plain.format(record)).contains(" LoomServer: x");
    }

    @Test
    void shouldKeepARecordInOneLine() {
        assertThat(plain.format(record("a\r\n2026 INFO tinysse: forged\u001b[31m\u2028\u0085\t")))
                .endsWith(": a\\r\\n2026 INFO tinysse: forged\\u001b[31m\\u2028\\u0085\\t\n");
    }

    @Test
    void shouldEscapeParametersToo() {
        LogRecord record = record("path={0}");
        record.setParameters(new Object[]{"/a\nb"});

        assertThat(plain.format(record)).endsWith(": path=/a\\nb\n");
    }

    @Test
    void shouldPutTheCauseBehindTheText() {
        assertThat(plain.format(thrown(new IOException("disk\nfull")))).endsWith(": failed: disk\\nfull\n");
    }

    @Test
    void shouldNameTheTypeOfACauseWithoutText() {
        assertThat(plain.format(thrown(new IllegalStateException())))
                .endsWith(": failed: java.lang.IllegalStateException\n");
    }

    @Test
    void shouldShowStackTracesWhenAskedTo() {
        String text = new LineFormatter(false, true).format(thrown(new IOException("disk\nfull")));

        assertThat(text.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("\t"));
        assertThat(text).contains("\tat ").contains("shouldShowStackTracesWhenAskedTo");
    }

    @Test
    void shouldPaintTheLevel() {
        assertThat(new LineFormatter(true, false).format(record("x")))
                .contains("Z \u001b[32m INFO\u001b[0m tinysse: x");
    }

    private static LogRecord record(String message) {
        LogRecord record = new LogRecord(Level.INFO, message);
        record.setLoggerName("tinysse");
        record.setInstant(Instant.parse("2026-11-23T21:49:27.803999Z"));
        return record;
    }

    private static LogRecord thrown(Throwable thrown) {
        LogRecord record = record("failed");
        record.setThrown(thrown);
        return record;
    }

    @Test
    void shouldWriteALineForEachOfSeveralThatBelongTogether() {
        LogRecord record = record("{0}");
        record.setParameters(new Object[]{new LogLines("failed: {x}\r\n\tat 'y'")});

        assertThat(plain.format(record)).isEqualTo("""
                2026-11-23T21:49:27.803Z  INFO tinysse: failed: {x}\\r
                2026-11-23T21:49:27.803Z  INFO tinysse: \\tat 'y'
                """);
    }
}
