package dev.tinysse.broker.log;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The history of a log as operators see it: its size, what each channel has, and how it is deleted. Safe for any thread. */
public interface Retention {
    /** The retention of a log without history. */
    Retention NONE = new Retention() {
        @Override
        public Collection<String> channels() {
            return List.of();
        }

        @Override
        public HistoryTotal total() {
            return HistoryTotal.NOTHING;
        }

        @Override
        public Map<String, ChannelHistory> histories(ChannelSet channels) {
            return Map.of();
        }

        @Override
        public long forget(String channel) {
            return 0;
        }

        @Override
        public void sweep() {
            // there is nothing to drop
        }
    };

    /**
     * Names the channels with stored records.
     *
     * @return their names, in no particular order
     * @throws LogException if the log cannot be read now
     */
    Collection<String> channels() throws LogException;

    /** {@return the size of the history of all channels together, roughly} */
    HistoryTotal total();

    /**
     * Reports the history of some channels. May block on a disk or a network.
     *
     * @param channels the requested ones
     * @return by name, those with stored records
     * @throws LogException if the log cannot be read now
     */
    Map<String, ChannelHistory> histories(ChannelSet channels) throws LogException;

    /**
     * Deletes the history of a channel permanently: a client that resumes with an older id receives a gap. Returns when the deletion is
     * durable at the level of the log.
     *
     * @param channel its name
     * @return the number of deleted messages
     * @throws LogException if the log cannot do that now
     */
    long forget(String channel) throws LogException;

    /**
     * Drops expired records. The owner of the log calls this every few seconds, so that a log without traffic releases its memory, too.
     * It is cheap when there is nothing to drop.
     */
    void sweep();
}
