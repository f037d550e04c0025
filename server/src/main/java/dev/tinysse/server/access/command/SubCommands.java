package dev.tinysse.server.access.command;

import dev.tinysse.api.internal.OneLine;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * A command that is several: the first word says which.
 *
 * @param name of the command
 * @param usage its help
 * @param actions by their words
 * @param out standard output
 * @param err standard error
 */
record SubCommands(String name, String usage, Map<String, Action> actions, PrintStream out, PrintStream err) {
    /** One of them. */
    interface Action {
        /** Runs it, and gives the exit status. */
        int run(List<String> arguments) throws CommandException;
    }

    int run(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.println(usage);
            return 0;
        }
        try {
            if (arguments.isEmpty() || !actions.containsKey(arguments.getFirst())) {
                throw CommandException
                        .usage("expected one of " + String.join(", ", actions.keySet().stream().sorted().toList())
                                + ", see tinysse help " + name);
            }
            return actions.get(arguments.getFirst()).run(arguments.subList(1, arguments.size()));
        } catch (CommandException e) {
            err.println(OneLine.of("tinysse " + name + ": " + e.getMessage()));
            return e.status;
        }
    }
}
