package dev.tinysse.broker.publish;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;

/**
 * Appends to a log that stores nothing and that no other process reads. The messages of a request go one by one, so that the rings have
 * room for all: a stream that falls behind cannot read them again. Safe for any thread.
 */
final class InProcessAppender extends LogAppender {
    /** Held by a request with several publications, so that these stand together, and shared by all others. */
    private final StampedLock together = new StampedLock();

    InProcessAppender(EventLog log, BackPressure backPressure, HookCalls hooks) {
        super(log, backPressure, hooks);
    }

    @Override
    Append.Item item(Publication publication) {
        return new Append.Item(publication.withRequest(withoutClaims(publication.request())), Optional.empty());
    }

    @Override
    List<PublishResult.Accepted> append(List<Append.Item> items, Runnable appended) throws LogException {
        if (items.size() > 1) {
            return appendOneByOne(items, appended);
        }
        long stamp = together.readLock();
        try {
            return super.append(items, appended);
        } finally {
            together.unlock(stamp);
        }
    }

    private List<PublishResult.Accepted> appendOneByOne(List<Append.Item> items, Runnable appended)
            throws LogException {
        long stamp = together.writeLock();
        try {
            List<PublishResult.Accepted> accepted = new ArrayList<>(items.size());
            for (Append.Item item : items) {
                accepted.addAll(super.append(List.of(item), () -> {}));
            }
            return accepted;
        } finally {
            together.unlock(stamp);
            appended.run();
        }
    }

    @Override
    Append.Outcome appendOnce(Append append, Runnable appended) throws LogException {
        long stamp = together.writeLock();
        try {
            return super.appendOnce(append, appended);
        } finally {
            together.unlock(stamp);
        }
    }
}
