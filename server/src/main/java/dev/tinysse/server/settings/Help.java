package dev.tinysse.server.settings;

import dev.tinysse.api.Command;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The text of {@code --help}.
 */
final class Help {
    /** The word before the name of a subcommand, for its help. */
    static final String COMMAND = "help";

    private static final int WIDTH = 110;

    private static final int FLAG_WIDTH = 26;

    private Help() {}

    static String text(List<Command> commands) {
        CommandSpec spec = CommandLineSpec.create();
        spec.usageMessage().width(WIDTH).longOptionsMaxWidth(FLAG_WIDTH).sortOptions(false).sortSynopsis(false)
                .customSynopsis("tinysse [FLAG]...", "       tinysse COMMAND [ARGUMENT]...", "")
                .description("A programmable server for Server-Sent Events.%n")
                .footer(footer(commands).toArray(String[]::new));
        return new CommandLine(spec).getUsageMessage(Ansi.OFF).replace(CommandLineSpec.NO_BREAK, ' ');
    }

    private static List<String> footer(List<Command> commands) {
        List<String> footer = new ArrayList<>(List.of("",
                "Durations are written like 500ms, 60s, 5m or 1h30m, sizes like 64KB, 64KiB or 65536.",
                "Each flag also is a variable, --keep-alive is TINYSSE_KEEP_ALIVE, and a key of the YAML file,",
                "keep-alive: 60s. A flag beats the variable, the variable the file, and the file the default.",
                "Exit status: 0 after a stop or when all is well, 1 for a failure, 2 for a wrong use."));
        if (!commands.isEmpty()) {
            footer.addAll(List.of("", "Commands:"));
            commands.forEach(command -> footer.add("  %-10s %s".formatted(command.name(), command.summary())));
            footer.add("  %-10s %s".formatted(COMMAND,
                    "Show this, or how to use a command: tinysse help COMMAND"));
        }
        return footer.stream().map(line -> line.replace("%", "%%")).toList();
    }
}
