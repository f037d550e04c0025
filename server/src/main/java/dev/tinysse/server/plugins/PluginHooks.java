package dev.tinysse.server.plugins;

import dev.tinysse.api.Decision;
import dev.tinysse.api.GapReason;
import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The hooks of a plugin, each called in its plugin. */
record PluginHooks(Hooks hooks, InPlugin plugin) implements Hooks {

    @Override
    public Set<Hook> defined() {
        return plugin.call(hooks::defined);
    }

    @Override
    public boolean mayReject(Hook hook) {
        return plugin.call(() -> hooks.mayReject(hook));
    }

    @Override
    public void startup() {
        plugin.run(hooks::startup);
    }

    @Override
    public void tick(long count) {
        plugin.run(() -> hooks.tick(count));
    }

    @Override
    public Optional<Publication> publish(Publication publication) {
        return plugin.call(() -> hooks.publish(publication));
    }

    @Override
    public Optional<Publication> publish(Publication publication, Runnable sequence) {
        return plugin.call(() -> hooks.publish(publication, sequence));
    }

    @Override
    public Decision<Publication> decide(Publication publication, Runnable sequence) {
        return plugin.call(() -> hooks.decide(publication, sequence));
    }

    @Override
    public Optional<Subscription> subscribe(Subscription subscription) {
        return plugin.call(() -> hooks.subscribe(subscription));
    }

    @Override
    public Decision<Subscription> decide(Subscription subscription) {
        return plugin.call(() -> hooks.decide(subscription));
    }

    @Override
    public List<Message> catchup(Subscription subscription) {
        return plugin.call(() -> hooks.catchup(subscription));
    }

    @Override
    public Optional<List<Message>> replay(Subscription subscription, Optional<GapReason> gap) {
        return plugin.call(() -> hooks.replay(subscription, gap));
    }

    @Override
    public Optional<String> saveAttributes(Publication publication) {
        return plugin.call(() -> hooks.saveAttributes(publication));
    }

    @Override
    public Publication restoreAttributes(Publication publication, String saved) {
        return plugin.call(() -> hooks.restoreAttributes(publication, saved));
    }

    @Override
    public Optional<String> saveAttributes(Subscription subscription) {
        return plugin.call(() -> hooks.saveAttributes(subscription));
    }

    @Override
    public Subscription restoreAttributes(Subscription subscription, String saved) {
        return plugin.call(() -> hooks.restoreAttributes(subscription, saved));
    }

    @Override
    public Message message(Publication publication, Subscription subscription) {
        return plugin.call(() -> hooks.message(publication, subscription));
    }

    @Override
    public OptionalLong timeout(Subscription subscription, Duration elapsed) {
        return plugin.call(() -> hooks.timeout(subscription, elapsed));
    }

    @Override
    public void unsubscribe(Subscription subscription) {
        plugin.run(() -> hooks.unsubscribe(subscription));
    }

    @Override
    public void batch(Runnable calls) {
        plugin.run(() -> hooks.batch(calls));
    }

    @Override
    public void close() {
        plugin.run(hooks::close);
    }
}
