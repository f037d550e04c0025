package dev.tinysse.server.logging;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;

/**
 * How much the log tells, from {@link #ERROR}, the least, to {@link #TRACE}, everything.
 */
public enum LogLevel {
    /** Something failed. */
    ERROR(Level.ERROR),
    /** Something is wrong, but the server works as it should. */
    WARN(Level.WARNING),
    /** The events of a day's work for an operator. */
    INFO(Level.INFO),
    /** The details that help to find a mistake, stack traces among them. */
    DEBUG(Level.DEBUG),
    /** Each step. */
    TRACE(Level.TRACE);

    private final Level level;

    LogLevel(Level level) {
        this.level = level;
    }

    /** The level of the JDK's loggers that it stands for. */
    public Level level() {
        return level;
    }

    /**
     * The level that a user means.
     *
     * @param text its name in any case, or 1 for {@link #ERROR} to 5 for {@link #TRACE}
     * @return empty when there is no such level
     */
    public static Optional<LogLevel> of(String text) {
        for (LogLevel candidate : values()) {
            if (candidate.name().equals(text.toUpperCase(Locale.ROOT))
                    || Integer.toString(candidate.ordinal() + 1).equals(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The level under which java.util.logging files a record of this severity: the finest one that is not above it. */
    static LogLevel of(java.util.logging.Level level) {
        for (LogLevel candidate : values()) {
            if (level.intValue() >= candidate.level.getSeverity()) {
                return candidate;
            }
        }
        return TRACE;
    }

    /** The same level as java.util.logging names it. */
    java.util.logging.Level julLevel() {
        return julLevel(level);
    }

    /** The level that java.util.logging has for a level of the JDK's loggers. */
    static java.util.logging.Level julLevel(Level level) {
        return switch (level) {
            case ALL -> java.util.logging.Level.ALL;
            case TRACE -> java.util.logging.Level.FINER;
            case DEBUG -> java.util.logging.Level.FINE;
            case INFO -> java.util.logging.Level.INFO;
            case WARNING -> java.util.logging.Level.WARNING;
            case ERROR -> java.util.logging.Level.SEVERE;
            case OFF -> java.util.logging.Level.OFF;
        };
    }
}
