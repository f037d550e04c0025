package dev.tinysse.server.logging;

import dev.tinysse.api.internal.LogLines;
import dev.tinysse.api.internal.OneLine;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

/**
 * Makes of each record one line: {@code 2026-11-23T21:49:27.803Z  INFO tinysse: text}; of {@link LogLines} one for each. Any thread may
 * call it.
 */
final class LineFormatter extends Formatter {
    private final boolean colours;
    private final boolean traces;

    /**
     * A formatter.
     *
     * @param colours whether to paint the level
     * @param traces whether the stack trace of an exception follows its line, on lines of its own
     */
    LineFormatter(boolean colours, boolean traces) {
        this.colours = colours;
        this.traces = traces;
    }

    @Override
    public String format(LogRecord record) {
        if (record.getParameters() instanceof Object[] parameters && parameters.length == 1
                && parameters[0] instanceof LogLines several) {
            return several.lines().stream().map(line -> format(record, line)).collect(Collectors.joining());
        }
        return format(record, formatMessage(record));
    }

    private String format(LogRecord record, String message) {
        LogLevel level = LogLevel.of(record.getLevel());
        String word = " ".repeat(5 - level.name().length()) + level.name();
        StringBuilder line = new StringBuilder(LogText.time(record.getInstant()));
        line.append(' ').append(colours ? Colours.paint(level, word) : word).append(' ')
                .append(LogText.shortName(record.getLoggerName())).append(": ").append(OneLine.of(message));
        if (record.getThrown() != null) {
            appendThrown(line, record.getThrown());
        }
        return line.append('\n').toString();
    }

    private void appendThrown(StringBuilder line, Throwable thrown) {
        line.append(": ").append(OneLine.of(LogText.reason(thrown)));
        if (traces) {
            LogText.trace(thrown).lines().forEach(each -> line.append("\n\t").append(OneLine.of(each.strip())));
        }
    }
}
