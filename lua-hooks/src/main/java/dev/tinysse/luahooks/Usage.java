package dev.tinysse.luahooks;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * The command line of a subcommand that takes files.
 *
 * @param text how to use it
 * @param flags the flags that it knows
 */
record Usage(String text, List<String> flags) {
    private static final int HELPED = 0;
    private static final int WRONG = 2;

    /**
     * Prints the usage of the command on {@code --help}, or if the arguments are wrong.
     *
     * @return the exit status then; nothing if the command is to run
     */
    Optional<Integer> shown(List<String> arguments, PrintStream out) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.println(text);
            return Optional.of(HELPED);
        }
        Optional<String> unknown = arguments.stream().filter(argument -> argument.startsWith("-"))
                .filter(argument -> !flags.contains(argument)).findFirst();
        if (unknown.isEmpty() && !files(arguments).isEmpty()) {
            return Optional.empty();
        }
        out.println(unknown.map(flag -> "unknown option: " + flag).orElse("no file was named"));
        out.println(text);
        return Optional.of(WRONG);
    }

    /** The arguments that are no flags. */
    List<String> files(List<String> arguments) {
        return arguments.stream().filter(argument -> !argument.startsWith("-")).toList();
    }
}
