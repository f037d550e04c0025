package dev.tinysse.server.settings;

import dev.tinysse.api.internal.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Options from environment variables. Other variables have no effect.
 */
final class Environment {

    private static final String PREFIX = "TINYSSE_";
    /** Those of the commands pub, sub and bench. */
    private static final Set<String> OF_CLIENTS = Set.of("TINYSSE_URL", "TINYSSE_TOKEN");

    private Environment() {}

    static Map<Option<?>, RawValue> read(Map<String, String> variables) {
        Map<Option<?>, RawValue> rawValues = new HashMap<>();
        for (Option<?> option : Options.ALL) {
            String text = variables.get(option.variable());
            if (text != null) {
                rawValues.put(option, new RawValue(text, option.variable()));
            }
        }
        return rawValues;
    }

    /** A warning for each variable that looks like an option and is none. It does not contain the value, which may be secret. */
    static List<String> warnings(Map<String, String> variables) {
        List<String> names = Options.ALL.stream().map(Option::variable).toList();
        return variables.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !names.contains(name) && !OF_CLIENTS.contains(name)).sorted()
                .map(name -> "environment variable is ignored, there is no such option%s: %s"
                        .formatted(Suggestion.of(name, names), RawValue.shown(name)))
                .toList();
    }
}
