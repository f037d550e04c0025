package dev.tinysse.server.settings;

import dev.tinysse.cli.Arguments;
import dev.tinysse.cli.Shown;
import dev.tinysse.cli.UsageException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Options from the flags of the command line.
 */
final class CommandLineFlags {
    private final Arguments arguments;

    private CommandLineFlags(Arguments arguments) {
        this.arguments = arguments;
    }

    /**
     * Reads the command line.
     *
     * @throws UsageException if there is a flag that is not known, twice there or without its value, or anything else
     */
    static CommandLineFlags parse(List<String> words) throws UsageException {
        Arguments arguments = CommandLineSpec.create().parse(words);
        if (!arguments.operands().isEmpty()) {
            throw new UsageException("only flags are expected, see tinysse --help: "
                    + Shown.value(arguments.operands().getFirst()));
        }
        return new CommandLineFlags(arguments);
    }

    boolean asksForHelp() {
        return arguments.asksForHelp();
    }

    boolean asksForVersion() {
        return arguments.has("--version");
    }

    Map<Option<?>, RawValue> rawValues() {
        Map<Option<?>, RawValue> rawValues = new HashMap<>();
        for (Option<?> option : Options.ALL) {
            if (arguments.has(option.flag())) {
                rawValues.put(option, new RawValue(text(option), option.flag()));
            }
        }
        return rawValues;
    }

    private String text(Option<?> option) {
        return switch (option.format().shape()) {
            case SWITCH -> "true";
            case REPEATED -> String.join(", ", arguments.texts(option.flag()));
            case TEXT, LIST -> arguments.text(option.flag()).orElseThrow();
        };
    }
}
