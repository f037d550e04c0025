package dev.tinysse.api.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * A text of several lines that belongs together in the log, for instance an error with its stack trace: a log of lines shows it in as
 * many, one of objects as one.
 *
 * @param text with LF between its lines
 */
public record LogLines(String text) {
    private static final String FORMAT = "{0}";

    /** Logs a text. */
    public static void log(Logger log, Level level, String text) {
        if (text.indexOf('\n') < 0) {
            log.log(level, text);
        } else {
            log.log(level, FORMAT, new LogLines(text));
        }
    }

    /** {@return the lines, at least one} */
    public List<String> lines() {
        return List.of(text.split("\n"));
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
