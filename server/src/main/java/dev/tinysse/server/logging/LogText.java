package dev.tinysse.server.logging;

import dev.tinysse.api.internal.OneLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** The parts of a line that all formats have. Pure functions. */
public final class LogText {
    private static final int MILLIS = 3;
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(MILLIS)
            .toFormatter(Locale.ROOT);

    private LogText() {}

    /** {@return a time in UTC with milliseconds, as RFC 3339 section 5.6 has it} */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /** The last part of a logger's name. */
    static String shortName(String name) {
        return name == null ? "" : OneLine.of(name.substring(name.lastIndexOf('.') + 1));
    }

    /** What an exception says, or its class. */
    static String reason(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
    }

    /** The stack trace of an exception and of its causes, on several lines. */
    static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
