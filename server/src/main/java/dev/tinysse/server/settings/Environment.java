package dev.tinysse.server.settings;

import java.util.HashMap;
import java.util.Map;

/**
 * Options from environment variables. Other variables are ignored.
 */
final class Environment {

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
}
