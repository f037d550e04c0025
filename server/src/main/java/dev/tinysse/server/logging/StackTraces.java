package dev.tinysse.server.logging;

import dev.tinysse.api.internal.OneLine;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Stack traces for the log: each of their lines is escaped and begins with a tab, so none can pass for a record.
 */
final class StackTraces {

    private StackTraces() {}

    static void append(StringBuilder log, Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        trace.toString().lines().forEach(line -> log.append("\n\t").append(OneLine.of(line.strip())));
    }
}
