package dev.tinysse.api;

import java.util.Objects;
import java.util.Optional;

/**
 * A message on its way from one publisher to the streams, with the request that brought it. Immutable: what a hook
 * changes is a new publication, which it returns.
 */
public final class Publication {
    private final Request request;
    private final Message message;
    private final Attributes attributes;

    private Publication(Request request, Message message, Attributes attributes) {
        this.request = Objects.requireNonNull(request);
        this.message = Objects.requireNonNull(message);
        this.attributes = attributes;
    }

    /**
     * A publication without attributes.
     *
     * @param request the publisher's request, not null
     * @param message the message, not null
     * @return the publication
     */
    public static Publication of(Request request, Message message) {
        return new Publication(request, message, Attributes.NONE);
    }

    /** {@return the publisher's request} */
    public Request request() {
        return request;
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
     * This publication with another message.
     *
     * @param changed the message, not null
     * @return the new publication, or this one if the message is the same object
     */
    public Publication withMessage(Message changed) {
        return changed == message ? this : new Publication(request, changed, attributes);
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
        return new Publication(request, message, attributes.with(key, value));
    }
}
