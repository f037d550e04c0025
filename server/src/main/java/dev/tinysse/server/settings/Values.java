package dev.tinysse.server.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was given for each option, from all sources together.
 */
final class Values {
    private final Map<Option<?>, Given> given = new HashMap<>();

    /** Merges sources, of which each beats those behind it. */
    Values(List<Map<Option<?>, Given>> sources) {
        sources.forEach(source -> source.forEach(given::putIfAbsent));
    }

    /**
     * The value of an option that has a default.
     *
     * @throws UsageException if what was given is no value of the option
     */
    <T> T get(Option<T> option) throws UsageException {
        return option.parse(given(option).orElseThrow());
    }

    /**
     * The value of an option that may be absent.
     *
     * @throws UsageException if what was given is no value of the option
     */
    <T> Optional<T> find(Option<T> option) throws UsageException {
        Optional<Given> found = given(option);
        return found.isEmpty() ? Optional.empty() : Optional.of(option.parse(found.get()));
    }

    /** What stands for the option, its default included. */
    Optional<Given> given(Option<?> option) {
        return Optional.ofNullable(given.get(option))
                .or(() -> option.fallback().map(text -> new Given(text, "the default")));
    }
}
