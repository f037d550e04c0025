package dev.tinysse.server.logging;

import dev.tinysse.api.internal.Json;
import dev.tinysse.api.internal.OneLine;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes of each record one object of JSON in one line: time, level, logger and message, what was thrown, and each {@code name=value}
 * of the message as a field of its own. Any thread may call it.
 */
final class JsonFormatter extends Formatter {
    private static final Pattern FIELD = Pattern
            .compile("(?<![^ (,])([a-z][a-z0-9_-]*)=(\"(?:[^\"\\\\]|\\\\.)*\"|[^ ,;)\"]*[^ ,;):\"])");
    private static final Pattern QUOTED = Pattern.compile("\\\\([\"\\\\])");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,9})?");

    private final boolean traces;

    /**
     * A formatter.
     *
     * @param traces whether the stack trace of an exception is a field, too
     */
    JsonFormatter(boolean traces) {
        this.traces = traces;
    }

    @Override
    public String format(LogRecord record) {
        String message = formatMessage(record);
        Json line = new Json().add("time", LogText.time(record.getInstant()))
                .add("level", LogLevel.of(record.getLevel()).name())
                .add("logger", LogText.shortName(record.getLoggerName())).add("message", message);
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            line.add("error", LogText.reason(thrown));
            if (traces) {
                line.add("trace", LogText.trace(thrown));
            }
        }
        addFields(line, message);
        return OneLine.of(line.toString()) + "\n"; // its escapes are those of JSON
    }

    private static void addFields(Json line, String message) {
        Set<String> used = new TreeSet<>(Set.of("time", "level", "logger", "message", "error", "trace"));
        Matcher fields = FIELD.matcher(message);
        while (fields.find()) {
            if (used.add(fields.group(1))) {
                String value = unquoted(fields.group(2));
                if (NUMBER.matcher(value).matches()) {
                    line.raw(fields.group(1), value);
                } else {
                    line.add(fields.group(1), value);
                }
            }
        }
    }

    private static String unquoted(String value) {
        return value.startsWith("\"")
                ? QUOTED.matcher(value.substring(1, value.length() - 1)).replaceAll("$1")
                : value;
    }
}
