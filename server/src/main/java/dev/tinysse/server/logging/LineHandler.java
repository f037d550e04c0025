package dev.tinysse.server.logging;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Writes each record with one call and flushes it, so that nothing else that is printed gets in between. Any thread may
 * call it.
 */
final class LineHandler extends Handler {
    private final PrintStream out;
    private final Formatter formatter;

    LineHandler(PrintStream out, Formatter formatter) {
        this.out = out;
        this.formatter = formatter;
    }

    @Override
    public void publish(LogRecord record) {
        try {
            byte[] line = formatter.format(record).getBytes(StandardCharsets.UTF_8);
            out.write(line, 0, line.length);
            out.flush();
        } catch (RuntimeException e) {
            reportError(null, e, ErrorManager.GENERIC_FAILURE);
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
