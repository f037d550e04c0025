package dev.tinysse.api;

import java.util.Objects;

/**
 * The key of a value that a provider leaves on a {@link Publication} or {@link Subscription} for its later hooks.
 * Two attributes are the same only if they are one object, so a provider keeps its own in a constant, and no other
 * provider can read or replace its values.
 *
 * @param <T> the type of the value
 */
public final class Attribute<T> {
    private final String name;
    private final Class<T> type;

    private Attribute(String name, Class<T> type) {
        this.name = Objects.requireNonNull(name);
        this.type = Objects.requireNonNull(type);
    }

    /**
     * Makes a new key, different from all others.
     *
     * @param name for people to read, not null
     * @param type the type of its values, not null
     * @param <T> the type of its values
     * @return the key
     */
    public static <T> Attribute<T> of(String name, Class<T> type) {
        return new Attribute<>(name, type);
    }

    T cast(Object value) {
        return type.cast(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
