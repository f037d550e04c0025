package dev.tinysse.api;

import java.util.Objects;
import java.util.Optional;

/**
 * A message on its way from one publisher to the streams, with the request that brought it. Immutable: what a hook
 * changes is a new publication, which it returns.
 */
public final class Publication {
    private final Request request;
    private final String channel;
    private final Message message;
    private final Attributes attributes;

    private Publication(Request request, String channel, Message message, Attributes attributes) {
        this.request = Objects.requireNonNull(request);
        this.channel = channel;
        this.message = Objects.requireNonNull(message);
        this.attributes = attributes;
    }

    /**
     * A publication to the channel {@link ChannelName#DEFAULT}, without attributes.
     *
     * @param request the publisher's request, not null
     * @param message the message, not null
     * @return the publication
     */
    public static Publication of(Request request, Message message) {
        return new Publication(request, ChannelName.DEFAULT, message, Attributes.NONE);
    }

    /** {@return the publisher's request} */
    public Request request() {
        return request;
    }

    /** {@return the name of the channel that it goes to} */
    public String channel() {
        return channel;
    }

    /** {@return the message} */
    public Message message() {
        return message;
    }

    /**
     * Looks up what the {@link Hooks#publish publish} hook left here.
     *
     * @param key the attribute
     * @param <T> the type of its value
     * @return the value, if one was set
     */
    public <T> Optional<T> get(Attribute<T> key) {
        return attributes.get(key);
    }

    /**
     * This publication to another channel.
     *
     * @param name of the channel, not null
     * @return the new publication, or this one if it goes there already
     * @throws IllegalArgumentException if that is no {@linkplain ChannelName name}
     */
    public Publication withChannel(String name) {
        return name.equals(channel)
                ? this
                : new Publication(request, ChannelName.requireName(name), message, attributes);
    }

    /**
     * This publication with another request.
     *
     * @param changed the request, not null
     * @return the new publication, or this one if the request is the same object
     */
    public Publication withRequest(Request changed) {
        return changed == request ? this : new Publication(changed, channel, message, attributes);
    }

    /**
     * This publication with another message.
     *
     * @param changed the message, not null
     * @return the new publication, or this one if the message is the same object
     */
    public Publication withMessage(Message changed) {
        return changed == message ? this : new Publication(request, channel, changed, attributes);
    }

    /**
     * This publication with one attribute set.
     *
     * @param key the attribute
     * @param value its value, not null
     * @param <T> the type of the value
     * @return the new publication
     */
    public <T> Publication with(Attribute<T> key, T value) {
        return new Publication(request, channel, message, attributes.with(key, value));
    }

    /** {@return this publication without what hooks left here} */
    public Publication withoutAttributes() {
        return attributes == Attributes.NONE ? this : new Publication(request, channel, message, Attributes.NONE);
    }
}
