package dev.tinysse.broker;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Publication;
import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.Hole;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.Receipt;
import java.util.Optional;

/**
 * Brings what a shared log hands on to the fan-out threads, no faster than these deliver it, and gives publications of other processes
 * what {@code message} may ask. For the thread that follows the log.
 */
final class SharedFollower implements LogFollower {
    private static final Receipt NOT_DELIVERED = new Receipt(0, 0, Optional.empty());

    private final Dispatcher dispatcher;
    private final BackPressure backPressure;
    private final HookCalls hooks;

    SharedFollower(Dispatcher dispatcher, BackPressure backPressure, HookCalls hooks) {
        this.dispatcher = dispatcher;
        this.backPressure = backPressure;
        this.hooks = hooks;
    }

    @Override
    public Receipt committed(LogRecord record) {
        backPressure.await();
        Optional<Publication> restored = restored(record);
        return restored.isEmpty()
                ? NOT_DELIVERED
                : dispatcher.committed(new LogRecord(record.position(), record.previous(), restored.get(),
                        record.attributes()));
    }

    private Optional<Publication> restored(LogRecord record) {
        Publication publication = record.publication();
        boolean ofAnother = record.attributes().isPresent() && publication.withoutAttributes() == publication;
        return ofAnother && hooks.has(Hook.MESSAGE) ? hooks.restore(record) : Optional.of(publication);
    }

    @Override
    public void missed(Hole hole) {
        dispatcher.missed(hole);
    }
}
