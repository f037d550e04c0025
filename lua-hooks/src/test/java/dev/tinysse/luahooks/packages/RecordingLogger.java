package dev.tinysse.luahooks.packages;

import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;

/** A logger that keeps what is at least of some level. */
final class RecordingLogger implements System.Logger {

    private final Level threshold;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    RecordingLogger(Level threshold) {
        this.threshold = threshold;
    }

    /** A line per record: the level, a space, the message. */
    List<String> lines() {
        return lines;
    }

    @Override
    public String getName() {
        return "script";
    }

    @Override
    public boolean isLoggable(Level level) {
        return level.compareTo(threshold) >= 0;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
        if (isLoggable(level)) {
            lines.add(level + " " + message);
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
        log(level, bundle, format, (Throwable) null);
    }
}
