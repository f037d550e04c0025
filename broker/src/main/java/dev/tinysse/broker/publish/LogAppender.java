package dev.tinysse.broker.publish;

import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.StampedLock;

/**
 * Appends to the log, and waits until that is durable and until the fan-out threads have caught up. The messages of one request are
 * next to each other. Safe for any thread.
 */
final class LogAppender {
    private final EventLog log;
    private final BackPressure backPressure;
    private final boolean shared;
    /** Without history, messages go one by one, so that the rings have room for all. */
    private final boolean oneByOne;
    /** Without history, held by a request with several publications, so that these stand together, and shared by all others. */
    private final StampedLock together = new StampedLock();

    LogAppender(EventLog log, BackPressure backPressure, boolean channels) {
        this.log = log;
        this.backPressure = backPressure;
        this.shared = log.shared().isPresent();
        this.oneByOne = channels && !log.hasHistory() && !shared;
    }

    /**
     * Appends publications.
     *
     * @param items at least one
     * @param appended is run as soon as others may append behind them
     */
    List<PublishResult.Accepted> append(List<Append.Item> items, Runnable appended) throws LogException {
        if (!oneByOne) {
            return commit(new Append(items), appended);
        }
        boolean alone = items.size() == 1;
        long stamp = alone ? together.readLock() : together.writeLock();
        try {
            List<PublishResult.Accepted> accepted = new ArrayList<>(items.size());
            for (Append.Item item : items) {
                accepted.addAll(commit(new Append(List.of(item)), () -> {}));
            }
            return accepted;
        } finally {
            together.unlock(stamp);
            appended.run();
        }
    }

    private List<PublishResult.Accepted> commit(Append append, Runnable appended) throws LogException {
        return ((Append.Outcome.Committed) await(append, appended)).accepted();
    }

    /** Appends publications with a key, which stand together. */
    Append.Outcome appendOnce(Append append, Runnable appended) throws LogException {
        if (!oneByOne) {
            return await(append, appended);
        }
        long stamp = together.writeLock();
        try {
            return await(append, appended);
        } finally {
            together.unlock(stamp);
        }
    }

    private Append.Outcome await(Append append, Runnable appended) throws LogException {
        if (shared) { // its follower waits for the fan-out threads, whichever node publishes
            return awaitDurable(append, appended);
        }
        backPressure.begin();
        try {
            return awaitDurable(append, appended);
        } finally {
            backPressure.end();
        }
    }

    private Append.Outcome awaitDurable(Append append, Runnable appended) throws LogException {
        try {
            log.append(append);
            appended.run();
            return append.outcome().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LogException failure
                    ? failure
                    : new LogException(LogException.Kind.UNAVAILABLE, "append failed: " + e.getCause(), e);
        }
    }
}
