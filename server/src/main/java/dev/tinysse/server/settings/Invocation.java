package dev.tinysse.server.settings;

import dev.tinysse.api.Command;
import dev.tinysse.api.internal.Suggestion;
import dev.tinysse.cli.Shown;
import dev.tinysse.cli.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The action that a user requests of the program.
 */
public sealed interface Invocation {
    /**
     * Run the server.
     *
     * @param settings with these settings
     * @param options what they have been read from
     * @param warnings lines to log at the start
     */
    record Serve(Settings settings, EffectiveOptions options, List<String> warnings) implements Invocation {}

    /**
     * Print a text, with its line breaks, and end.
     *
     * @param text the text
     */
    record Show(String text) implements Invocation {}

    /**
     * Run a subcommand.
     *
     * @param command the subcommand
     * @param arguments what followed its name
     */
    record Run(Command command, List<String> arguments) implements Invocation {}

    /**
     * Reads command line, environment and configuration file. A flag beats a variable, which beats the file, which beats
     * the default.
     *
     * @param arguments the command line, without the program's name
     * @param environment the variables
     * @param commands gives the subcommands there are; asked only when that matters
     * @throws UsageException if anything that was given is wrong
     */
    static Invocation read(List<String> arguments, Map<String, String> environment, Supplier<List<Command>> commands)
            throws UsageException {
        if (!arguments.isEmpty() && arguments.getFirst().equals(Help.COMMAND)) {
            return help(arguments.subList(1, arguments.size()), commands.get());
        }
        if (!arguments.isEmpty() && !arguments.getFirst().startsWith("-")) {
            return run(arguments, commands.get());
        }
        CommandLineFlags flags = CommandLineFlags.parse(arguments);
        if (flags.asksForHelp()) {
            return new Show(Help.text(commands.get()));
        }
        if (flags.asksForVersion()) {
            return new Show("tinysse " + Version.text() + System.lineSeparator());
        }
        return serve(flags.rawValues(), environment);
    }

    /** The help of the server, of a group of its options, or of a subcommand, which prints it itself. */
    private static Invocation help(List<String> topics, List<Command> commands) throws UsageException {
        if (topics.isEmpty() || topics.getFirst().equals(Help.COMMAND)) {
            return new Show(Help.text(commands));
        }
        Optional<String> text = Help.topic(topics.getFirst());
        return text.isPresent() ? new Show(text.get()) : run(List.of(topics.getFirst(), "--help"), commands);
    }

    private static Run run(List<String> arguments, List<Command> commands) throws UsageException {
        String name = arguments.getFirst();
        List<String> names = commands.stream().map(Command::name).toList();
        Command command = commands.stream().filter(candidate -> candidate.name().equals(name)).findFirst().orElseThrow(
                () -> new UsageException("there is no such command%s, see tinysse --help: %s"
                        .formatted(Suggestion.of(name, names), Shown.value(name))));
        return new Run(command, arguments.subList(1, arguments.size()));
    }

    private static Serve serve(Map<Option<?>, RawValue> flags, Map<String, String> environment) throws UsageException {
        Map<Option<?>, RawValue> variables = Environment.read(environment);
        Values values = new Values(List.of(flags, variables));
        if (values.find(Options.CONFIG).isPresent()) {
            Map<Option<?>, RawValue> keys = ConfigFile.read(values.raw(Options.CONFIG).orElseThrow());
            values = new Values(List.of(flags, variables, keys));
        }
        return new Serve(SettingsFactory.settings(values), new EffectiveOptions(values),
                Environment.warnings(environment));
    }
}
