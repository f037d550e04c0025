package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishResult;
import java.util.Arrays;
import java.util.List;

/** A request on its way through Redis: done when Redis has stored it and this node has read it. Safe for any thread. */
final class Pending {
    private final Append append;
    private final long deadline;
    private final Runnable ended;
    private final PublishResult.Accepted[] receipts;
    private int missing;
    private boolean taken;
    private volatile boolean done;

    /**
     * A request.
     *
     * @param deadline as of {@link System#nanoTime}
     * @param ended is called once, when it is done
     */
    Pending(Append append, long deadline, Runnable ended) {
        this.append = append;
        this.deadline = deadline;
        this.ended = ended;
        receipts = new PublishResult.Accepted[append.items().size()];
        missing = receipts.length;
    }

    Append append() {
        return append;
    }

    long deadline() {
        return deadline;
    }

    boolean isDone() {
        return done;
    }

    /** This node has read one of its publications. */
    synchronized void followed(int item, PublishResult.Accepted receipt) {
        if (receipts[item] == null) {
            receipts[item] = receipt;
            missing--;
            completeIfReady();
        }
    }

    /** Redis has stored it. */
    synchronized void taken() {
        taken = true;
        completeIfReady();
    }

    /** Ends it if its time is up at a moment of {@link System#nanoTime}. */
    void endIfOverdue(long now) {
        if (now - deadline >= 0) {
            timeUp();
        }
    }

    /** Its time is up. */
    synchronized void timeUp() {
        if (taken) {
            PublishResult.Accepted unknown = new PublishResult.Accepted(0, 0, java.util.Optional.empty());
            for (int i = 0; i < receipts.length; i++) {
                receipts[i] = receipts[i] == null ? unknown : receipts[i];
            }
            missing = 0;
            completeIfReady();
        } else {
            fail(new LogException(LogException.Kind.UNCERTAIN, "the cluster does not answer"));
        }
    }

    synchronized void complete(Append.Outcome outcome) {
        if (end()) {
            append.outcome().complete(outcome);
        }
    }

    synchronized void fail(LogException why) {
        if (end()) {
            append.outcome().completeExceptionally(why);
        }
    }

    private void completeIfReady() {
        if (taken && missing == 0) {
            complete(new Append.Outcome.Committed(List.copyOf(Arrays.asList(receipts))));
        }
    }

    private boolean end() {
        if (done) {
            return false;
        }
        done = true;
        ended.run();
        return true;
    }
}
