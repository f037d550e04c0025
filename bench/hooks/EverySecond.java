package bench;

import dev.tinysse.api.Attribute;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookProvider;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Script;
import dev.tinysse.api.Subscription;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The same as {@code hook.lua} and {@code hook.js}. */
public final class EverySecond implements HookProvider, Hooks {
    private static final Attribute<Boolean> WANTED = Attribute.of("wanted", Boolean.class);

    private final AtomicInteger subscribers = new AtomicInteger();

    @Override
    public int apiVersion() {
        return API_VERSION;
    }

    @Override
    public String name() {
        return "every-second";
    }

    @Override
    public Hooks load(Script script, HookContext context) {
        return this;
    }

    @Override
    public Set<Hook> defined() {
        return Set.of(Hook.SUBSCRIBE, Hook.MESSAGE);
    }

    @Override
    public Optional<Subscription> subscribe(Subscription subscription) {
        return Optional.of(subscription.with(WANTED, subscribers.incrementAndGet() % 2 == 0));
    }

    @Override
    public Message message(Publication publication, Subscription subscription) {
        return subscription.get(WANTED).orElse(false) ? publication.message() : Message.EMPTY;
    }
}
