/**
 * The event log in files: segments that are only appended to, and an index in memory. Found by its scheme, {@code file}.
 */
module dev.tinysse.history {
    requires dev.tinysse.broker;

    provides dev.tinysse.broker.log.EventLogProvider with dev.tinysse.history.FileLogProvider;
}
