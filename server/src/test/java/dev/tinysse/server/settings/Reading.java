package dev.tinysse.server.settings;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tinysse.cli.UsageException;
import java.util.List;
import java.util.Map;

/**
 * Reads settings the way the program does.
 */
final class Reading {

    private Reading() {}

    static Settings flags(String... arguments) throws UsageException {
        return settings(List.of(arguments), Map.of());
    }

    static Settings settings(List<String> arguments, Map<String, String> environment) throws UsageException {
        return ((Invocation.Serve) Invocation.read(arguments, environment, List::of)).settings();
    }

    static String errorOf(String... arguments) {
        return error(List.of(arguments), Map.of());
    }

    static String error(List<String> arguments, Map<String, String> environment) {
        return catchThrowableOfType(UsageException.class, () -> Invocation.read(arguments, environment, List::of))
                .getMessage();
    }
}
