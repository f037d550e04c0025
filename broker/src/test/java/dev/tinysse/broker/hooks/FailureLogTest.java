package dev.tinysse.broker.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.HookException;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class FailureLogTest {
    private final Lines lines = new Lines();
    private final FailureLog log = new FailureLog(lines);

    @Test
    void shouldWriteEachFailureOnceWithItsFurtherLines() {
        for (int i = 0; i < 3; i++) {
            log.log("message", new HookException("hooks.lua:1: boom\nstack traceback:"));
        }
        assertThat(lines.written).containsExactly("message hook failed: hooks.lua:1: boom\nstack traceback:");
    }

    @Test
    void shouldTakeFailuresForTheSameThatDifferInAnAddressOnly() {
        log.log("message", new HookException("table: 0x0000006aa4c6ab"));
        log.log("message", new HookException("table: 0x0000006aa4c6ac"));
        assertThat(lines.written).containsExactly("message hook failed: table: 0x0000006aa4c6ab");
    }

    @Test
    void shouldCountWhatCameBack() {
        for (int i = 0; i < 3; i++) {
            log.log("tick", new HookException("boom"));
        }
        log.logCounted();
        assertThat(lines.written).containsExactly("tick hook failed: boom", "tick hook failed: boom (2 more times)");
    }

    private static final class Lines implements System.Logger {
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
