package dev.tinysse.broker.tck;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.Retention;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A log in which nothing is found, for tests that decide what becomes of an append. Safe for any thread. */
public abstract class EmptyLog implements EventLog {
    @Override
    public void follow(LogFollower follower) {
        // nothing is handed on
    }

    @Override
    public Optional<Append.Outcome> findResponse(PublishKey key) throws LogException {
        return Optional.empty();
    }

    @Override
    public LogPage read(LogRange range, String epoch) {
        return new LogPage(List.of(), true);
    }

    @Override
    public OptionalLong find(ChannelSet channels, String id) {
        return OptionalLong.empty();
    }

    @Override
    public Dropped dropped(ChannelSet channels, long after, long known) {
        return new Dropped(List.of(), 0);
    }

    @Override
    public long startOfLast(ChannelSet channels, int count) {
        return 0;
    }

    @Override
    public long recovered() {
        return 0;
    }

    @Override
    public String epoch() {
        return EventId.NO_EPOCH;
    }

    @Override
    public boolean hadEpoch(String epoch) {
        return false;
    }

    @Override
    public Retention retention() {
        return Retention.NONE;
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // there is nothing to end
    }
}
