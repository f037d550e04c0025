package dev.tinysse.broker.delivery;

import dev.tinysse.broker.log.LogGap;
import org.jspecify.annotations.Nullable;

/** Messages that did not come to a stream. The stream's fan-out thread alone touches it. */
final class MissedMessages {
    private long lost;
    /** Whether the stream is losing messages: one line of the log for a burst. */
    private boolean losing;
    private long renumbered;
    private @Nullable LogGap gap;

    /** None so far. */
    public MissedMessages() {}

    /**
     * The stream was too far behind, and has lost messages for good.
     *
     * @return whether they are the first of a burst
     */
    public boolean lose(long messages) {
        boolean first = !losing;
        losing = true;
        lost += messages;
        return first;
    }

    /** {@return how many messages were lost for good} */
    public long lost() {
        return lost;
    }

    /** The stream has all that there is: what it loses later is another burst. */
    public void caughtUp() {
        losing = false;
    }

    /** So many messages went while those of the ring got new numbers. */
    public void renumbered(long gone) {
        renumbered += gone;
    }

    /** {@return how many of these are neither counted as lost, nor to be read again} */
    public long renumbered() {
        return renumbered;
    }

    /** {@return the same, once: they are going to be counted, or read again} */
    public long takeRenumbered() {
        long gone = renumbered;
        renumbered = 0;
        return gone;
    }

    /** Messages are missing that the log does not hand on. */
    public void add(LogGap another) {
        gap = gap == null
                ? another
                : new LogGap(gap.after(), another.upTo(), another.epoch().or(gap::epoch));
    }

    /** {@return whether some of these are neither being read nor reported to the client} */
    public boolean hasGap() {
        return gap != null;
    }

    /** {@return where these are, once: they are going to be read, or the client told; null if there are none} */
    public @Nullable LogGap takeGap() {
        LogGap taken = gap;
        gap = null;
        return taken;
    }
}
