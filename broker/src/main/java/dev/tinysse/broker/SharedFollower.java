package dev.tinysse.broker;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Publication;
import dev.tinysse.broker.delivery.BrokerParts;
import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.LogGap;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.nodes.OtherNodes;
import java.util.Optional;

/**
 * Brings what a shared log hands on to the fan-out threads, no faster than these deliver it, and gives publications of other processes
 * what {@code message} may ask. For the thread that follows the log.
 */
final class SharedFollower implements LogFollower {
    private static final PublishResult.Accepted NOT_DELIVERED = new PublishResult.Accepted(0, 0, Optional.empty());

    private final Dispatcher dispatcher;
    private final BackPressure backPressure;
    private final HookCalls hooks;
    private final OtherNodes others;

    SharedFollower(BrokerParts parts, OtherNodes others) {
        this.dispatcher = parts.dispatcher();
        this.backPressure = parts.backPressure();
        this.hooks = parts.hooks().calls();
        this.others = others;
    }

    @Override
    public PublishResult.Accepted committed(LogRecord record) {
        backPressure.await();
        Optional<Publication> restored = restored(record);
        PublishResult.Accepted here = restored.isEmpty()
                ? NOT_DELIVERED
                : dispatcher.committed(record.withPublication(restored.get()));
        return here.plusSubscribers(others.subscribers(record.publication().channel()));
    }

    private Optional<Publication> restored(LogRecord record) {
        Publication publication = record.publication();
        boolean ofAnother = record.attributes().isPresent() && publication.withoutAttributes() == publication;
        return ofAnother && hooks.has(Hook.MESSAGE) ? hooks.restore(record) : Optional.of(publication);
    }

    @Override
    public void missed(LogGap gap) {
        dispatcher.missed(gap);
    }
}
