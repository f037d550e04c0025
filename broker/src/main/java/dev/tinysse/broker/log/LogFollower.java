package dev.tinysse.broker.log;

/** Is handed every record of a log as soon as it is committed. Called by one thread at a time, in the order of positions. */
@FunctionalInterface
public interface LogFollower {
    /**
     * A record has been committed. Waits for nobody.
     *
     * @param record the record
     * @return what its publisher is told; of no use if that is not here
     */
    Receipt committed(LogRecord record);
}
