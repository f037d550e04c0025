package dev.tinysse.server.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The raw value of each option, from all sources together.
 */
final class Values {
    private final Map<Option<?>, RawValue> rawValues = new HashMap<>();

    /** Merges sources, of which each beats those behind it. */
    Values(List<Map<Option<?>, RawValue>> sources) {
        sources.forEach(source -> source.forEach(rawValues::putIfAbsent));
    }

    /**
     * The value of an option that has a default.
     *
     * @throws UsageException if the raw value is no value of the option
     */
    <T> T get(Option<T> option) throws UsageException {
        return option.parse(raw(option).orElseThrow());
    }

    /**
     * The value of an option that may be absent.
     *
     * @throws UsageException if the raw value is no value of the option
     */
    <T> Optional<T> find(Option<T> option) throws UsageException {
        Optional<RawValue> found = raw(option);
        return found.isEmpty() ? Optional.empty() : Optional.of(option.parse(found.get()));
    }

    /** The raw value of the option, its default included. */
    Optional<RawValue> raw(Option<?> option) {
        return Optional.ofNullable(rawValues.get(option))
                .or(() -> option.defaultText().map(text -> new RawValue(text, "the default")));
    }
}
