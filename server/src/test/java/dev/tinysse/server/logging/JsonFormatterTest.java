package dev.tinysse.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.internal.LogLines;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonFormatterTest {
    private static String line(String message, Throwable thrown, boolean traces) {
        LogRecord record = new LogRecord(Level.WARNING, message);
        record.setLoggerName("dev.tinysse.Example");
        record.setThrown(thrown);
        return new JsonFormatter(traces).format(record);
    }

    @Test
    void shouldWriteOneObjectInOneLine() {
        assertThat(line("a \"word\"\nand more", null, false)).startsWith("{\"time\":\"2").endsWith(
                "Z\",\"level\":\"WARN\",\"logger\":\"Example\",\"message\":\"a \\\"word\\\"\\nand more\"}\n");
    }

    @Test
    void shouldEscapeWhatEndsALineOrTurnsItsDirection() {
        assertThat(line("a\u0085b\u2028c\u202ed\u007f", null, false))
                .endsWith("\"message\":\"a\\u0085b\\u2028c\\u202ed\\u007f\"}\n");
    }

    @Test
    void shouldWriteFieldsByTheirNames() {
        assertThat(line("slow consumer lost messages: lost=3 client=127.0.0.1:5 lost-total=0.5", null, false))
                .endsWith(",\"lost\":3,\"client\":\"127.0.0.1:5\",\"lost-total\":0.5}\n");
    }

    @Test
    void shouldNotLetAMessageReplaceWhatEachLineHas() {
        assertThat(line("said: level=TRACE time=0 x=1 x=2 007=1 n=007", null, false)).endsWith(
                "\"message\":\"said: level=TRACE time=0 x=1 x=2 007=1 n=007\",\"x\":1,\"n\":\"007\"}\n");
    }

    @Test
    void shouldWriteWhatWasThrown() {
        Exception thrown = new IllegalStateException("no luck");
        assertThat(line("failed", thrown, false)).endsWith(",\"error\":\"no luck\"}\n");
        assertThat(line("failed", thrown, true)).contains(",\"trace\":\"java.lang.IllegalStateException: no luck\\n");
    }

    @Test
    void shouldTakeAValueInQuotesAsOne() {
        assertThat(line("listens: name=\"a \\\"b\\\" c\" port=7", null, false))
                .endsWith(",\"name\":\"a \\\"b\\\" c\",\"port\":7}\n");
    }

    @Test
    void shouldWriteSeveralLinesThatBelongTogetherAsOneMessage() {
        LogRecord record = new LogRecord(Level.SEVERE, "{0}");
        record.setParameters(new Object[]{new LogLines("failed: {x}\n\tat 'y'")});
        assertThat(new JsonFormatter(false).format(record)).endsWith("\"message\":\"failed: {x}\\n\\tat 'y'\"}\n");
    }
}
