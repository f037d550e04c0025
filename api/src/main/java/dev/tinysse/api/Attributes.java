package dev.tinysse.api;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** An immutable handful of attributes: keys and values in turn, as few as a provider sets. */
record Attributes(Object[] entries) {
    static final Attributes NONE = new Attributes(new Object[0]);

    <T> Optional<T> get(Attribute<T> key) {
        for (int i = 0; i < entries.length; i += 2) {
            if (entries[i] == key) {
                return Optional.of(key.cast(entries[i + 1]));
            }
        }
        return Optional.empty();
    }

    <T> Attributes with(Attribute<T> key, T value) {
        Objects.requireNonNull(value);
        for (int i = 0; i < entries.length; i += 2) {
            if (entries[i] == key) {
                Object[] changed = entries.clone();
                changed[i + 1] = key.cast(value);
                return new Attributes(changed);
            }
        }
        Object[] longer = Arrays.copyOf(entries, entries.length + 2);
        longer[entries.length] = Objects.requireNonNull(key);
        longer[entries.length + 1] = key.cast(value);
        return new Attributes(longer);
    }
}
