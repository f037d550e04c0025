package dev.tinysse.server.logging;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.TRACE;
import static java.lang.System.Logger.Level.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingTest {
    private final Handler[] handlers = Logger.getLogger("").getHandlers();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @AfterEach
    void restore() {
        start(LogLevel.INFO);
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        for (Handler handler : handlers) {
            root.addHandler(handler);
        }
    }

    @Test
    void shouldWriteWhatIsLoggedAtTheLevelOrAbove() {
        start(LogLevel.WARN);
        System.Logger log = System.getLogger("tinysse");
        log.log(INFO, "no");
        log.log(WARNING, "yes");
        log.log(ERROR, "yes, {0}", "too");

        assertThat(lines()).hasSize(2);
        assertThat(lines()[0]).endsWith("Z  WARN tinysse: yes");
        assertThat(lines()[1]).endsWith("Z ERROR tinysse: yes, too");
    }

    @Test
    void shouldWriteTracesWhenAskedTo() {
        start(LogLevel.TRACE);
        System.getLogger("tinysse").log(TRACE, "step");

        assertThat(lines()[0]).endsWith("Z TRACE tinysse: step");
    }

    @Test
    void shouldHearWarningsOnlyFromLibraries() {
        start(LogLevel.INFO);
        System.Logger log = System.getLogger("io.helidon.webserver.LoomServer");
        log.log(INFO, "chatter");
        log.log(WARNING, "trouble");

        assertThat(lines()).hasSize(1);
        assertThat(lines()[0]).endsWith(" WARN LoomServer: trouble");
    }

    @Test
    void shouldHearMoreFromLibrariesWhenSomebodyWantsToSeeEverything() {
        start(LogLevel.TRACE);
        System.getLogger("io.helidon.webserver.LoomServer").log(DEBUG, "detail");

        assertThat(lines()[0]).endsWith("DEBUG LoomServer: detail");
    }

    @Test
    void shouldNeverLogWhatGoesOverTheWire() {
        start(LogLevel.TRACE);
        System.getLogger("io.helidon.webserver.http1.Http1LoggingConnectionListener.recv").log(DEBUG,
                "Authorization: Basic c2VjcmV0");

        assertThat(out.size()).isZero();
    }

    @Test
    void shouldReplaceAnEarlierLevel() {
        start(LogLevel.TRACE);
        start(LogLevel.ERROR);
        System.getLogger("tinysse").log(WARNING, "no");

        assertThat(out.size()).isZero();
    }

    @Test
    void shouldWriteUtf8() {
        start(LogLevel.INFO);
        System.getLogger("tinysse").log(INFO, "ä€😀");

        assertThat(lines()[0]).endsWith(": ä€😀");
    }

    @Test
    void shouldStayPlainWithoutATerminalOrWhenToldTo() {
        assertThat(Colours.wanted(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
        assertThat(Colours.wanted(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Colours.wanted(Map.of())).isFalse();
    }

    private void start(LogLevel level) {
        Logging.start(level, LogFormat.TEXT, new PrintStream(out, false, StandardCharsets.US_ASCII), false);
    }

    private String[] lines() {
        return out.toString(StandardCharsets.UTF_8).split("\n");
    }
}
