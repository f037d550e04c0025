package dev.tinysse.server.settings;

import dev.tinysse.api.internal.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Options from environment variables. Other variables are ignored.
 */
final class Environment {

    private static final String PREFIX = "TINYSSE_";
    /** Those of the commands {@code pub}, {@code sub} and {@code bench}. */
    private static final Set<String> OF_CLIENTS = Set.of("TINYSSE_URL", "TINYSSE_TOKEN");
    /** What Kubernetes sets for a service whose name begins with tinysse. */
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

    /** A line for each variable that looks like one of ours and is none. */
    static List<String> warnings(Map<String, String> variables) {
        return variables.entrySet().stream().filter(variable -> isUnknown(variable.getKey(), variable.getValue()))
                .map(Map.Entry::getKey).sorted().map(Environment::warning).toList();
    }

    private static boolean isUnknown(String name, String value) {
        return name.startsWith(PREFIX) && Options.ALL.stream().noneMatch(option -> option.variable().equals(name))
                && !OF_CLIENTS.contains(name) && !OF_SERVICE.matcher(name + "=" + value).matches();
    }

    private static String warning(String name) {
        List<String> known = Options.ALL.stream().map(option -> option.variable().substring(PREFIX.length())).toList();
        String nearest = Suggestion.nearest(name.substring(PREFIX.length()), known)
                .map(other -> ", did you mean " + PREFIX + other + "?").orElse("");
        return "environment variable is ignored, no option has it%s, see tinysse --help: %s".formatted(nearest,
                RawValue.shown(name));
    }
}
