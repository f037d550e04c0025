package dev.tinysse.server.settings;

import java.util.HashMap;
import java.util.Map;

/**
 * Options from variables. A variable of no option is none of our business, whatever it is called.
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
