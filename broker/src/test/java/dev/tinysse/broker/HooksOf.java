package dev.tinysse.broker;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A script that decides the reconnection delay, and counts the streams that have gone. */
record HooksOf(Supplier<OptionalLong> timeout, Map<Subscription, AtomicInteger> gone) implements Hooks {
    HooksOf(Supplier<OptionalLong> timeout) {
        this(timeout, new ConcurrentHashMap<>());
    }

    HooksOf() {
        this(OptionalLong::empty);
    }

    @Override
    public Set<Hook> defined() {
        return Set.of(Hook.TIMEOUT, Hook.UNSUBSCRIBE);
    }

    @Override
    public OptionalLong timeout(Subscription subscription, Duration elapsed) {
        return timeout.get();
    }

    @Override
    public void unsubscribe(Subscription subscription) {
        gone.computeIfAbsent(subscription, any -> new AtomicInteger()).incrementAndGet();
    }

    /** How often streams have gone. */
    int count() {
        return gone.values().stream().mapToInt(AtomicInteger::get).sum();
    }
}
