package dev.tinysse.server.logging;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Sets up what becomes of log records: {@link System.Logger} hands them to java.util.logging, and that to one handler
 * which writes a line per record to standard output.
 */
public final class Logging {
    private static final String MANAGER = "java.util.logging.manager";

    /** Tells everything that is sent and received at DEBUG, credentials too. */
    private static final String HELIDON_WIRE = "io.helidon.webserver.http1.Http1LoggingConnectionListener";

    /** Strong references: the JDK drops a logger, and its level, when nothing else refers to it. */
    @SuppressWarnings("UnusedVariable")
    private static volatile List<Logger> configured = List.of();

    private Logging() {}

    /**
     * Sets up the log of the process. Call it before the first logger is made, so that log lines written during a stop
     * come through; later calls change the level.
     *
     * @param level what is logged
     * @param format what the lines look like
     */
    public static void start(LogLevel level, LogFormat format) {
        if (System.getProperty(MANAGER) == null) {
            System.setProperty(MANAGER, LastingLogManager.class.getName());
        }
        start(level, format, System.out, format == LogFormat.TEXT && Colours.wanted(System.getenv()));
    }

    /** The same with another stream. */
    static void start(LogLevel level, LogFormat format, PrintStream out, boolean colours) {
        Logger root = LogManager.getLogManager().getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        boolean traces = level.compareTo(LogLevel.DEBUG) >= 0;
        root.addHandler(new LineHandler(out,
                format == LogFormat.JSON ? new JsonFormatter(traces) : new LineFormatter(colours, traces)));
        configured = levels(level).entrySet().stream().map(entry -> {
            Logger logger = Logger.getLogger(entry.getKey());
            logger.setLevel(entry.getValue().julLevel());
            return logger;
        }).toList();
    }

    /** Libraries have their say at the level of warnings only, unless somebody wants to see everything. */
    private static Map<String, LogLevel> levels(LogLevel level) {
        LogLevel libraries = level == LogLevel.INFO || level == LogLevel.DEBUG ? LogLevel.WARN : level;
        LogLevel wire = level.compareTo(LogLevel.WARN) > 0 ? LogLevel.WARN : level;
        return Map.of("", libraries, "tinysse", level, "dev.tinysse", level, HELIDON_WIRE, wire);
    }
}
