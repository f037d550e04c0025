package dev.tinysse.server.settings;

import dev.tinysse.api.internal.Suggestion;
import dev.tinysse.cli.Shown;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Options from environment variables. Other variables have no effect.
 */
final class Environment {

    private static final String PREFIX = "TINYSSE_";
    /** Those of the commands pub, sub and bench. */
    private static final Set<String> OF_CLIENTS = Set.of("TINYSSE_URL", "TINYSSE_TOKEN");
    /** Variables that Kubernetes sets for a service whose name begins with tinysse. */
    private static final Pattern OF_SERVICE = Pattern
            .compile("TINYSSE_(.+_)?(SERVICE_HOST=.*|SERVICE_PORT(_.+)?=[0-9]+|PORT=.+://.*|PORT_[0-9]+_.+=.*)");

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
        return variables.entrySet().stream()
                .filter(variable -> !OF_SERVICE.matcher(variable.getKey() + "=" + variable.getValue()).matches())
                .map(Map.Entry::getKey)
                .filter(name -> name.startsWith(PREFIX) && !names.contains(name) && !OF_CLIENTS.contains(name)).sorted()
                .map(name -> "environment variable is ignored, there is no such option%s: %s"
                        .formatted(Suggestion.of(name, names), Shown.value(name)))
                .toList();
    }
}
