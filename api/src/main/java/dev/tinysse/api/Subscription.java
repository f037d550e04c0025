package dev.tinysse.api;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One subscriber's wish for a stream, and later the stream's identity in every hook. Immutable: what the
 * {@link Hooks#subscribe subscribe} hook returns is what all later hooks of that stream are given.
 */
public final class Subscription {
    private static final Set<String> DEFAULT = Set.of(ChannelName.DEFAULT);
    /** As a hook has set it, empty text for an anonymous subscriber; absent if the token names the user. */
    private static final Attribute<String> USER = Attribute.of("user", String.class);

    private final Request request;
    private final Set<String> channels;
    private final Optional<String> lastEventId;
    private final Attributes attributes;

    private Subscription(Request request, Set<String> channels, Optional<String> lastEventId, Attributes attributes) {
        this.request = Objects.requireNonNull(request);
        this.channels = channels;
        this.lastEventId = lastEventId;
        this.attributes = attributes;
    }

    /**
     * A subscription to the channel {@link ChannelName#DEFAULT} of a client that has seen nothing yet.
     *
     * @param request the subscriber's request, not null
     * @return the subscription, without attributes
     */
    public static Subscription of(Request request) {
        return new Subscription(request, DEFAULT, Optional.empty(), Attributes.NONE);
    }

    /**
     * This subscription of a client that reconnects.
     *
     * @param id the id of the last event it has seen, as it says; may be empty, not null
     * @return the new subscription
     */
    public Subscription withLastEventId(String id) {
        return new Subscription(request, channels, Optional.of(id), attributes);
    }

    /**
     * This subscription to other channels.
     *
     * @param names of channels, or patterns, in any order; equal ones count once; empty for no channel
     * @return the new subscription
     * @throws IllegalArgumentException if one is neither a {@linkplain ChannelName name} nor a pattern
     */
    public Subscription withChannels(Collection<String> names) {
        Set<String> distinct = new LinkedHashSet<>(names);
        distinct.forEach(ChannelName::requireNameOrPattern);
        return new Subscription(request, Collections.unmodifiableSet(distinct), lastEventId, attributes);
    }

    /**
     * This subscription of a user, whatever its token says. {@link Hooks#subscribe} sets it, for presence and the lists of streams.
     *
     * @param name the user, not null; empty for an anonymous subscriber
     * @return the new subscription
     */
    public Subscription withUser(String name) {
        return with(USER, name);
    }

    /**
     * The user who subscribes.
     *
     * @return what {@link Hooks#subscribe} has {@linkplain #withUser set}, else the claim {@code sub} of the token if that is
     *     text; nothing for a subscriber that is not known
     */
    public Optional<String> user() {
        return get(USER).or(() -> request.claims().get("sub") instanceof String subject
                ? Optional.of(subject)
                : Optional.empty()).filter(name -> !name.isEmpty());
    }

    /** {@return the names and patterns of its channels, in the order of the request; unmodifiable} */
    public Set<String> channels() {
        return channels;
    }

    /** {@return the subscriber's request} */
    public Request request() {
        return request;
    }

    /** {@return the id of the last event the client says it has seen} */
    public Optional<String> lastEventId() {
        return lastEventId;
    }

    /**
     * Looks up what the {@link Hooks#subscribe subscribe} hook left here.
     *
     * @param key the attribute
     * @param <T> the type of its value
     * @return the value, if one was set
     */
    public <T> Optional<T> get(Attribute<T> key) {
        return attributes.get(key);
    }

    /**
     * This subscription with one attribute set.
     *
     * @param key the attribute
     * @param value its value, not null
     * @param <T> the type of the value
     * @return the new subscription
     */
    public <T> Subscription with(Attribute<T> key, T value) {
        return new Subscription(request, channels, lastEventId, attributes.with(key, value));
    }
}
