package dev.tinysse.broker.log;

import java.net.URI;

/** Opens logs of one kind. Found by {@link java.util.ServiceLoader}. */
public interface EventLogProvider {
    /** {@return the scheme of the addresses that it takes, such as {@code file}} */
    String scheme();

    /**
     * Opens a log.
     *
     * @param address with that scheme; its query has the log's own options, such as {@code durability=written}
     * @param config what it keeps
     * @return the log, which nobody follows yet
     * @throws LogException if it cannot be opened; the text is one clear line
     */
    EventLog open(URI address, LogConfig config) throws LogException;
}
