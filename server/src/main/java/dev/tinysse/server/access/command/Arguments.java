package dev.tinysse.server.access.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a command: options with a value each, and words.
 *
 * @param options values by option, in order
 * @param words the others
 */
record Arguments(Map<String, List<String>> options, List<String> words) {

    /**
     * Reads them.
     *
     * @param known options there are, with their dashes
     * @throws CommandException if there is another one, or one without its value
     */
    static Arguments read(List<String> arguments, List<String> known) throws CommandException {
        Map<String, List<String>> options = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                words.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!known.contains(name)) {
                throw CommandException.usage("there is no such option: " + name);
            }
            if (equals < 0 && i + 1 == arguments.size()) {
                throw CommandException.usage(name + " needs a value");
            }
            options.computeIfAbsent(name, _ -> new ArrayList<>())
                    .add(equals < 0 ? arguments.get(++i) : argument.substring(equals + 1));
        }
        return new Arguments(options, words);
    }

    /** The values of an option. */
    List<String> all(String name) {
        return options.getOrDefault(name, List.of());
    }

    /** The value of an option that may be there once. */
    Optional<String> find(String name) throws CommandException {
        if (all(name).size() > 1) {
            throw CommandException.usage(name + " must be given once, and is given twice");
        }
        return all(name).stream().findFirst();
    }

    /** The value of an option that must be there once. */
    String get(String name) throws CommandException {
        return find(name).orElseThrow(() -> CommandException.usage(name + " is missing"));
    }
}
