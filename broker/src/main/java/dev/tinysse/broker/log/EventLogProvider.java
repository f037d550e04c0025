package dev.tinysse.broker.log;

import java.net.URI;
import java.util.Set;

/** Opens logs of one kind. Found by {@link java.util.ServiceLoader}. */
public interface EventLogProvider {
    /** {@return the schemes of the addresses that it takes, such as {@code file}} */
    Set<String> schemes();

    /**
     * Checks an address, before anything is opened.
     *
     * @param address with one of the schemes
     * @throws IllegalArgumentException if nothing can be at such an address; the text says what such an address needs, and has
     *         nothing secret of it
     */
    default void check(URI address) {}

    /**
     * Opens a log.
     *
     * @param address with one of the schemes; its query has the log's own options, such as {@code durability=written}
     * @param config its limits
     * @return the log, which nobody follows yet
     * @throws LogException if it cannot be opened; the text is one clear line
     */
    EventLog open(URI address, LogConfig config) throws LogException;
}
