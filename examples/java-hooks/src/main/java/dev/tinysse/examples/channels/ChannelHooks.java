package dev.tinysse.examples.channels;

import dev.tinysse.api.Attribute;
import dev.tinysse.api.Decision;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookContext;
import dev.tinysse.api.HookProvider;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.api.Request;
import dev.tinysse.api.Script;
import dev.tinysse.api.Subscription;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Channels: a stream opened with {@code ?channel=NAME} gets what is published with the same query, and nothing else. There is
 * no script: the hooks are these, and {@code --script-provider channels} is all that the server needs.
 */
public final class ChannelHooks implements HookProvider, Hooks {
    private static final Attribute<String> CHANNEL = Attribute.of("channel", String.class);
    private static final Pattern QUERY = Pattern.compile("(?:.*&)?channel=([\\w-]{1,64})(?:&.*)?");
    private static final Refusal NO_CHANNEL = Refusal.of(400, "channel required");

    @Override
    public int apiVersion() {
        return API_VERSION;
    }

    @Override
    public String name() {
        return "channels";
    }

    @Override
    public Hooks load(Script script, HookContext context) {
        return this;
    }

    @Override
    public Set<Hook> defined() {
        return Set.of(Hook.PUBLISH, Hook.SUBSCRIBE, Hook.MESSAGE);
    }

    @Override
    public Decision<Publication> decide(Publication publication, Runnable sequence) {
        return decision(channel(publication.request()).map(name -> publication.with(CHANNEL, name)));
    }

    @Override
    public Decision<Subscription> decide(Subscription subscription) {
        return decision(channel(subscription.request()).map(name -> subscription.with(CHANNEL, name)));
    }

    private static <T> Decision<T> decision(Optional<T> withChannel) {
        return withChannel.map(Decision::accept).orElse(Decision.refuse(NO_CHANNEL));
    }

    @Override
    public Message message(Publication publication, Subscription subscription) {
        return publication.get(CHANNEL).equals(subscription.get(CHANNEL)) ? publication.message() : Message.EMPTY;
    }

    private static Optional<String> channel(Request request) {
        Matcher matcher = QUERY.matcher(request.query());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
