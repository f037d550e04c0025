package dev.tinysse.cli;

import dev.tinysse.api.internal.Suggestion;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The options of a command. All values are texts, which {@link Arguments} reads. For one thread. */
public final class Syntax {
    private static final int WIDTH = 110;
    private static final int OPTION_WIDTH = 26;

    private final CommandSpec spec;

    /**
     * A command without options.
     *
     * @param name of the command, with that of the program
     * @param synopsis lines of how to call it
     * @param description what it does
     */
    public Syntax(String name, List<String> synopsis, String description) {
        spec = CommandSpec.create().name(name);
        spec.usageMessage().width(WIDTH).longOptionsMaxWidth(OPTION_WIDTH).sortOptions(false).sortSynopsis(false)
                .customSynopsis(synopsis.toArray(String[]::new))
                .description("%n" + description.replace("%", "%%") + "%n");
        spec.addPositional(PositionalParamSpec.builder().paramLabel("URL").type(String[].class).arity("0..*")
                .hidden(true).build());
    }

    /** Adds an option with a value. */
    public Syntax option(String names, String valueName, String description) {
        return add(OptionSpec.builder(names.split(" ")).paramLabel(valueName).type(String.class).arity("1"),
                description);
    }

    /** Adds an option with a value that may be repeated. */
    public Syntax repeatable(String names, String valueName, String description) {
        return add(
                OptionSpec.builder(names.split(" ")).paramLabel(valueName).type(List.class).auxiliaryTypes(String.class)
                        .arity("1"),
                description);
    }

    /** Adds an option without a value. */
    public Syntax flag(String names, String description) {
        return add(OptionSpec.builder(names.split(" ")).type(boolean.class).arity("0"), description);
    }

    private Syntax add(OptionSpec.Builder option, String description) {
        spec.addOption(option.description(description.replace("%", "%%")).build());
        return this;
    }

    /** Adds what stands below the options in the help, and the option that asks for it. */
    public Syntax footer(String... lines) {
        spec.addOption(
                OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this text and exit").build());
        List<String> footer = new ArrayList<>(List.of(lines));
        if (!footer.isEmpty()) {
            footer.addFirst("");
        }
        spec.usageMessage().footer(footer.toArray(String[]::new));
        return this;
    }

    /** {@return the lines about the options alone} */
    public String optionList() {
        return new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF)).optionList();
    }

    /** {@return how to use the command} */
    public String help() {
        return new CommandLine(spec).getUsageMessage(Ansi.OFF);
    }

    /**
     * Reads arguments.
     *
     * @throws UsageException if an option is not known, twice there or without its value
     */
    public Arguments parse(List<String> arguments) throws UsageException {
        try {
            return new Arguments(new CommandLine(spec).setExpandAtFiles(false).setOverwrittenOptionsAllowed(false)
                    .setTrimQuotes(false).setUnmatchedOptionsArePositionalParams(false)
                    .parseArgs(arguments.toArray(String[]::new)));
        } catch (ParameterException e) {
            throw new UsageException(explain(e));
        }
    }

    private String explain(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched.getUnmatched().getFirst());
            case MissingParameterException missing when missing.getMissing().getFirst() instanceof OptionSpec option ->
                option.longestName() + " needs a value, " + seeHelp();
            case OverwrittenOptionException twice when twice.getOverwritten() instanceof OptionSpec option ->
                option.longestName() + " must be given once, and is given twice";
            default -> e.getMessage() + ", " + seeHelp();
        };
    }

    private String unknown(String argument) {
        int value = argument.indexOf('=');
        String option = value < 0 ? argument : argument.substring(0, value);
        List<String> known = spec.optionsMap().keySet().stream().filter(name -> name.startsWith("--")).toList();
        return "there is no such option%s, %s: %s".formatted(Suggestion.of(option, known), seeHelp(), option);
    }

    private String seeHelp() {
        return "see " + spec.name() + " --help";
    }
}
