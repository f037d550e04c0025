package dev.tinysse.history;

import dev.tinysse.broker.figures.Distribution;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.PublishResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Loads the index, then takes appends, writes all that have come meanwhile at once, and tells the follower and the publishers. Appends
 * come from any thread; all else is done by the thread that runs this.
 */
final class LogWriter implements Runnable {
    private static final System.Logger LOGGER = System.getLogger("tinysse");
    /** So many bytes are written at once, or one append. */
    private static final int MAX_GROUP = 1 << 20;

    private final BlockingQueue<Optional<Append>> queue = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final Loader loader;
    private final SegmentWriter segments;
    private final RecordWriter records;
    private final Group group;
    private final Runnable rolled;
    private volatile LogFollower follower = record -> new PublishResult.Accepted(0, 0,
            record.publication().message().id());
    private volatile Optional<LogException> failure = Optional.empty();
    private volatile boolean ended;
    private Segment segment;

    LogWriter(Loader loader, SegmentWriter segments, RecordWriter records, Group group, Runnable rolled) {
        this.loader = loader;
        this.segments = segments;
        this.records = records;
        this.group = group;
        this.rolled = rolled;
    }

    void follow(LogFollower first) {
        follower = first;
    }

    /** {@return completed when the files have been read} */
    CompletableFuture<Void> loaded() {
        return loaded;
    }

    /** {@return how long syncs took} */
    Distribution syncs() {
        return segments.syncs();
    }

    Optional<LogException> failure() {
        return failure;
    }

    void append(Append append) {
        queue.add(Optional.of(append));
        if (ended) {
            refuseTheRest();
        }
    }

    /** Ends the thread when all that was appended before has been committed. */
    void stop() {
        queue.add(Optional.empty());
    }

    @Override
    public void run() {
        try {
            segments.writable(loader.load());
        } catch (IOException | RuntimeException e) {
            fail(new LogException(LogException.Kind.FAILED, "cannot read history: " + e, e));
        }
        failure.ifPresentOrElse(loaded::completeExceptionally, () -> loaded.complete(null));
        List<Optional<Append>> taken = new ArrayList<>();
        boolean stopped = false;
        while (!stopped) {
            taken.clear();
            take(taken);
            stopped = taken.contains(Optional.<Append>empty());
            commit(taken);
        }
        if (failure.isEmpty()) {
            try {
                segments.close();
            } catch (LogException e) {
                fail(e);
            }
        }
        ended = true;
        refuseTheRest();
    }

    private void commit(List<Optional<Append>> appends) {
        try {
            appends.forEach(append -> append.ifPresent(this::add));
            flush();
        } catch (RuntimeException e) {
            LogException broken = new LogException(LogException.Kind.FAILED, "writing history failed: " + e, e);
            fail(broken);
            group.fail(broken);
            appends.forEach(append -> append.ifPresent(failed -> failed.outcome().completeExceptionally(broken)));
        }
    }

    private void take(List<Optional<Append>> taken) {
        try {
            taken.add(queue.take());
            queue.drainTo(taken);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the thread that writes", e);
        }
    }

    private void add(Append append) {
        try {
            if (failure.isPresent()) {
                throw failure.get();
            }
            if (group.isRepeated(append)) {
                return;
            }
            if (group.isEmpty()) {
                begin();
            }
            long before = records.offset();
            try {
                group.add(append);
            } catch (RuntimeException e) {
                records.cut(before);
                append.outcome().completeExceptionally(e);
            }
            if (records.length() >= MAX_GROUP) {
                flush();
            }
        } catch (LogException e) {
            fail(e);
            append.outcome().completeExceptionally(e);
        }
    }

    private void begin() throws LogException {
        boolean full = segments.isFull();
        segment = segments.segment();
        records.begin(segment);
        if (full) {
            rolled.run();
        }
    }

    private void flush() {
        if (group.isEmpty()) {
            return;
        }
        try {
            segments.write(segment, records);
        } catch (LogException e) {
            fail(e);
            group.fail(e);
            return;
        }
        group.commit(segment, follower);
    }

    /** Takes nothing more from now on, if it is a failure that lasts; for any thread. */
    synchronized void fail(LogException e) {
        if (e.kind() == LogException.Kind.FAILED && failure.isEmpty()) {
            failure = Optional.of(e);
            LOGGER.log(System.Logger.Level.ERROR, e.getMessage() + "; restart the server to publish");
        }
    }

    private void refuseTheRest() {
        for (Optional<Append> next = queue.poll(); next != null; next = queue.poll()) {
            next.ifPresent(append -> append.outcome().completeExceptionally(
                    failure.orElse(new LogException(LogException.Kind.FAILED, "the log has been closed"))));
        }
    }
}
