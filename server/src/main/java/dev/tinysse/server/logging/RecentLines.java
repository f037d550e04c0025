package dev.tinysse.server.logging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Remembers the newest lines of the log at WARN and above, for operators. Any thread may call it. */
public final class RecentLines extends Handler {
    private static final int MAX_LINES = 200;
    /** Of a message that is longer only the beginning is remembered. */
    private static final int MAX_LENGTH = 4000;
    private static final Formatter TEXT = new SimpleFormatter();

    private final Deque<Line> lines = new ArrayDeque<>();

    private RecentLines() {
        setLevel(Level.WARNING);
    }

    /**
     * A line of the log.
     *
     * @param time milliseconds since 1970
     * @param level ERROR or WARN
     * @param logger its short name
     * @param message one line, with what was thrown
     */
    public record Line(long time, String level, String logger, String message) {}

    /**
     * Remembers what is logged from now on.
     *
     * @return what is remembered; to be closed
     */
    public static RecentLines start() {
        RecentLines recent = new RecentLines();
        LogManager.getLogManager().getLogger("").addHandler(recent);
        return recent;
    }

    /** {@return the lines, the oldest first, at most 200} */
    public List<Line> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        Line line = line(record);
        synchronized (lines) {
            if (lines.size() == MAX_LINES) {
                lines.removeFirst();
            }
            lines.addLast(line);
        }
    }

    private static Line line(LogRecord record) {
        String message = TEXT.formatMessage(record);
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            message += ": " + LogText.reason(thrown);
        }
        return new Line(record.getMillis(), LogLevel.of(record.getLevel()).name(),
                LogText.shortName(record.getLoggerName()),
                message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) + "…" : message);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LogManager.getLogManager().getLogger("").removeHandler(this);
    }
}
