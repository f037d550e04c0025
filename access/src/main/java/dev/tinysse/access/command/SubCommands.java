package dev.tinysse.access.command;

import dev.tinysse.api.Command;
import dev.tinysse.cli.CliCommand;
import dev.tinysse.cli.ExitStatus;
import dev.tinysse.cli.Shown;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A command that is several: the first word says which. */
abstract class SubCommands implements Command {
    private final PrintStream out;
    private final PrintStream err;
    private final List<CliCommand> commands;

    SubCommands(PrintStream out, PrintStream err, CliCommand... commands) {
        this.out = out;
        this.err = err;
        this.commands = List.of(commands);
    }

    @Override
    public final int run(List<String> arguments) {
        Optional<String> word = arguments.stream().findFirst();
        if (word.filter(first -> first.equals("--help") || first.equals("-h")).isPresent()) {
            for (CliCommand command : commands) {
                if (!command.equals(commands.getFirst())) {
                    out.println();
                }
                command.run(List.of("--help"));
            }
            return ExitStatus.OK;
        }
        Optional<CliCommand> found = commands.stream()
                .filter(command -> word.filter(command.name()::equals).isPresent())
                .findFirst();
        if (found.isEmpty()) {
            err.println(Shown.error("expected one of %s, see tinysse help %s".formatted(
                    commands.stream().map(Command::name).collect(Collectors.joining(", ")), name())));
            return ExitStatus.USAGE;
        }
        return found.get().run(arguments.subList(1, arguments.size()));
    }
}
