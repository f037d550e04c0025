package dev.tinysse.broker.replay;

import dev.tinysse.api.Channels.HistoryQuery;
import dev.tinysse.api.Channels.StoredMessage;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.stream.StreamStart;
import java.util.List;
import java.util.Optional;

/** The stored messages, for streams that begin and for hooks. Safe for any thread; may block. */
public interface History {
    /** Nothing is stored: a stream begins with live messages. */
    History NONE = new History() {
        @Override
        public Optional<String> epoch() {
            return Optional.empty();
        }

        @Override
        public Optional<ReplayStart> start(ChannelSet channels, Optional<String> lastEventId,
                StreamStart.FromHistory history) {
            return Optional.empty();
        }

        @Override
        public List<StoredMessage> find(ChannelSet channels, HistoryQuery query, long latest) {
            return List.of();
        }
    };

    /** The epoch that a new stream knows; empty if nothing is stored. */
    Optional<String> epoch();

    /**
     * Where a stream begins.
     *
     * @param lastEventId what the client has seen last; an empty one is none
     * @param history what a client without an id asks for
     * @return the start; empty if nothing is to be read
     */
    Optional<ReplayStart> start(ChannelSet channels, Optional<String> lastEventId, StreamStart.FromHistory history)
            throws LogException;

    /**
     * The newest messages that match, oldest first.
     *
     * @param latest the position up to which messages have been handed on; 0 if none has
     */
    List<StoredMessage> find(ChannelSet channels, HistoryQuery query, long latest) throws LogException;
}
