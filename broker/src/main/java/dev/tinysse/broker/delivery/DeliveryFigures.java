package dev.tinysse.broker.delivery;

import dev.tinysse.api.GapReason;
import dev.tinysse.broker.dispatch.NanoClock;
import dev.tinysse.broker.dispatch.QueuedEntry;
import dev.tinysse.broker.figures.Distribution;
import dev.tinysse.broker.figures.Timings;
import dev.tinysse.broker.stream.ClosedReason;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The counters of one fan-out thread. That thread alone adds, without any fence; any thread may read, and sees each counter as it
 * was a moment ago.
 */
public final class DeliveryFigures {
    private static final int DELIVERED = 0;
    private static final int REPLAYED = 1;
    private static final int BYTES = 2;
    private static final int CLOSED = 3;
    private static final int GAPS = CLOSED + ClosedReason.values().length;

    /** From the acceptance of messages to the end of the pass over all streams; counted by the last thread that passes one. */
    private final Timings deliveries = new Timings();
    /** The messages that have not been brought to all streams that can take them. Empty unless deliveries are timed. */
    private final Queue<QueuedEntry> passing = new ArrayDeque<>();
    private final NanoClock clock;
    private int inHook;
    private final AtomicLongArray figures = new AtomicLongArray(GAPS + GapReason.values().length);

    DeliveryFigures(NanoClock clock) {
        this.clock = clock;
    }

    public void delivered(long messages) {
        add(DELIVERED, messages);
    }

    public void replayed(long messages) {
        add(REPLAYED, messages);
    }

    public void sent(long bytes) {
        add(BYTES, bytes);
    }

    public void closed(ClosedReason reason) {
        add(CLOSED + reason.ordinal(), 1);
    }

    public void gap(GapReason reason) {
        add(GAPS + reason.ordinal(), 1);
    }

    /** How long messages took from their acceptance to the last write of their first pass. */
    public Distribution deliveries() {
        return deliveries.distribution();
    }

    /** Messages delivered completely, replayed ones included. */
    public long delivered() {
        return figures.getOpaque(DELIVERED);
    }

    /** Those of them that came out of the history or the hook {@code catchup}. */
    public long replayed() {
        return figures.getOpaque(REPLAYED);
    }

    /** Bytes written to the sockets of streams. */
    public long sent() {
        return figures.getOpaque(BYTES);
    }

    /** Closed streams by reason. */
    public long closedFor(ClosedReason reason) {
        return figures.getOpaque(CLOSED + reason.ordinal());
    }

    /** Gaps sent to clients. */
    public long gaps(GapReason reason) {
        return figures.getOpaque(GAPS + reason.ordinal());
    }

    /** A message has arrived. */
    void arrived(QueuedEntry entry) {
        if (entry.isTimed()) {
            passing.add(entry);
        }
    }

    /** All messages have been written that have arrived. */
    void written() {
        passed(passing.size());
    }

    /** All messages, but for so many of the newest, are on their way through the hook. */
    void hookBegins(long but) {
        inHook = (int) Math.max(0, passing.size() - but);
    }

    /** Those that were on their way through the hook have been written. */
    void hookEnded() {
        passed(inHook);
        inHook = 0;
    }

    private void passed(int messages) {
        if (messages > 0) {
            long now = clock.nanos();
            for (int i = 0; i < messages && !passing.isEmpty(); i++) {
                passing.remove().passed(now, deliveries);
            }
        }
    }

    private void add(int figure, long more) {
        figures.setOpaque(figure, figures.getPlain(figure) + more);
    }
}
