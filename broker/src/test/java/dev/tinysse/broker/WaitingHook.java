package dev.tinysse.broker;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * A {@code message} hook that waits for a permit for each message.
 *
 * @param inside gets a permit for each call that has begun
 */
record WaitingHook(Semaphore inside, Semaphore permits) implements Hooks {
    @Override
    public Set<Hook> defined() {
        return Set.of(Hook.MESSAGE);
    }

    @Override
    public Message message(Publication publication, Subscription subscription) {
        inside.release();
        permits.acquireUninterruptibly();
        return publication.message();
    }
}
