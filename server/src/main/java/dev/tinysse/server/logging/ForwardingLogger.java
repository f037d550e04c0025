package dev.tinysse.server.logging;

import java.util.ResourceBundle;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Makes records for a logger of java.util.logging. Any thread may call it.
 *
 * @param target takes the records
 */
record ForwardingLogger(Logger target) implements System.Logger {

    @Override
    public String getName() {
        return target.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return target.isLoggable(LogLevel.julLevel(level));
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
        if (isLoggable(level)) {
            LogRecord record = record(level, bundle, text);
            record.setThrown(thrown);
            target.log(record);
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
        if (isLoggable(level)) {
            LogRecord record = record(level, bundle, format);
            record.setParameters(parameters);
            target.log(record);
        }
    }

    private LogRecord record(Level level, ResourceBundle bundle, String text) {
        LogRecord record = new LogRecord(LogLevel.julLevel(level), text);
        record.setLoggerName(target.getName());
        record.setResourceBundle(bundle);
        return record;
    }
}
