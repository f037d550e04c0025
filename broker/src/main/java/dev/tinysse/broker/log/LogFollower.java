package dev.tinysse.broker.log;

/** Is handed every record of a log as soon as it is committed. Called by one thread at a time, in the order of positions. */
@FunctionalInterface
public interface LogFollower {
    /**
     * A record has been committed. Waits for nobody, unless other processes append to the log, too.
     *
     * @param record the record
     * @return the counts for the response to its publisher; unused if that is on another node
     */
    PublishResult.Accepted committed(LogRecord record);

    /**
     * Records have been committed that are not handed on one by one, and some of them may be lost.
     *
     * @param gap where they are, or were
     */
    default void missed(LogGap gap) {}
}
