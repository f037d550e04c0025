package dev.tinysse.history;

import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.Positions;
import java.util.List;

/**
 * Finds out, from what the files had, what channels dropped before the log was opened, and when: so that a client that has received a gap of
 * it is not told again. Under the lock of the index.
 */
final class LoadedMarks {
    private final Index index;
    private final PositionSource positions;
    private final LogConfig config;
    private final Index.Forgotten cut;

    LoadedMarks(Index index, PositionSource positions, LogConfig config, Index.Forgotten cut) {
        this.index = index;
        this.positions = positions;
        this.config = config;
        this.cut = cut;
    }

    /**
     * Drops what is too old, and completes the marks.
     *
     * @param lostBehind what may have been lost of any channel: behind this position; negative for nothing
     * @param lostUpTo and before this one
     */
    void finish(long lostBehind, long lostUpTo) {
        long now = positions.next();
        long oldest = index.oldest();
        for (ChannelIndex channel : List.copyOf(index.channels())) {
            if (channel.droppedThrough() > 0 && channel.dropMark() == 0) {
                channel.dropped(0, mark(channel, now));
            }
            index.dropBefore(channel, oldest, this::markOfAge);
            if (channel.last() <= lostBehind) {
                channel.dropped(lostUpTo - 1, now);
            }
        }
        if (lostBehind >= 0) {
            index.forgotten(new Index.Forgotten(Math.max(index.forgotten().through(), lostUpTo - 1), now));
        }
    }

    /** When a channel dropped what was before its first record; now, if that is unknown. */
    private long mark(ChannelIndex channel, long now) {
        long through = channel.droppedThrough();
        long mark = 0;
        if (channel.size() == config.count()) {
            mark = channel.last();
        }
        if (through < index.oldest()) {
            mark = Math.max(mark, markOfAge(through));
        }
        if (through <= index.forgotten().through()) {
            mark = Math.max(mark, index.forgotten().mark());
        }
        if (through <= cut.through()) {
            mark = Math.max(mark, cut.mark());
        }
        return mark == 0 ? now : mark;
    }

    /** When a record became too old. */
    private long markOfAge(long position) {
        return Positions.ofMillis(Positions.millis(position) + config.age().toMillis() + 1);
    }
}
