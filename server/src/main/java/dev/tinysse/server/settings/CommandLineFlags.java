package dev.tinysse.server.settings;

import dev.tinysse.api.internal.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Options from the flags of the command line.
 */
final class CommandLineFlags {
    private final ParseResult result;

    private CommandLineFlags(ParseResult result) {
        this.result = result;
    }

    /**
     * Reads the command line.
     *
     * @throws UsageException if there is a flag that is not known, twice there or without its value, or anything else
     */
    static CommandLineFlags parse(List<String> arguments) throws UsageException {
        try {
            return new CommandLineFlags(
                    new CommandLine(CommandLineSpec.create()).setExpandAtFiles(false)
                            .setOverwrittenOptionsAllowed(false)
                            .parseArgs(arguments.toArray(String[]::new)));
        } catch (ParameterException e) {
            throw new UsageException(explain(e));
        }
    }

    boolean asksForHelp() {
        return result.isUsageHelpRequested();
    }

    boolean asksForVersion() {
        return result.isVersionHelpRequested();
    }

    Map<Option<?>, RawValue> rawValues() {
        Map<Option<?>, RawValue> rawValues = new HashMap<>();
        for (Option<?> option : Options.ALL) {
            if (result.hasMatchedOption(option.flag())) {
                rawValues.put(option, new RawValue(text(result.matchedOptionValue(option.flag(), "")), option.flag()));
            }
        }
        return rawValues;
    }

    private static String text(Object value) {
        return value instanceof String[] texts ? String.join(", ", texts) : value.toString();
    }

    private static String explain(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched.getUnmatched().getFirst());
            case MissingParameterException missing -> name(missing.getMissing().getFirst())
                    + " needs a value, see tinysse --help";
            case OverwrittenOptionException twice -> name(twice.getOverwritten())
                    + " must be given once, and is given twice";
            default -> e.getMessage();
        };
    }

    private static String unknown(String argument) {
        if (!argument.startsWith("-")) {
            return "only flags are expected, see tinysse --help: " + RawValue.shown(argument);
        }
        int value = argument.indexOf('=');
        String flag = value < 0 ? argument : argument.substring(0, value);
        return "there is no such flag%s, see tinysse --help: %s"
                .formatted(Suggestion.of(flag, CommandLineSpec.names()), argument);
    }

    private static String name(ArgSpec spec) {
        return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
    }
}
