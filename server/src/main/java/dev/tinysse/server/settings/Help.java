package dev.tinysse.server.settings;

import dev.tinysse.api.Command;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The texts of {@code --help} and {@code help TOPIC}.
 */
final class Help {
    /** The first argument for the help of a topic. */
    static final String COMMAND = "help";

    /** The topic that describes the options of all groups. */
    static final String ALL_OPTIONS = "options";

    private Help() {}

    /** The options that most users need, in their groups, and the names of all others. */
    static String text(List<Command> commands) {
        StringBuilder text = new StringBuilder("""
                Usage: tinysse [OPTION]...
                       tinysse COMMAND [ARGUMENT]...

                A programmable server for Server-Sent Events.
                """);
        for (OptionGroup group : Options.GROUPS) {
            text.append(section(group.title(), group.options().stream().filter(Option::common).toList()))
                    .append(others(group));
        }
        text.append(
                """

                        Show this text with -h or --help, name and version with -V or --version.
                        Each option is also an environment variable (TINYSSE_KEEP_ALIVE) and a key of the YAML file (keep-alive: 60s).
                        Precedence: flag, environment variable, file, default.
                        Durations are written like 500ms, 60s, 5m or 1h30m, sizes like 64KB, 64KiB or 65536.
                        Exit status: 0 after a shutdown or success, 1 after a failure, 2 for invalid usage.

                        Commands:
                        """);
        commands.forEach(command -> text.append(row(command.name(), command.summary())));
        return text.append(row(COMMAND, "Describe a command, all options, or a group of options: tinysse help TOPIC"))
                .append(row("", "TOPIC is a command, options, or one of"))
                .append(row("", Options.GROUPS.stream().map(OptionGroup::topic).collect(Collectors.joining(", "))))
                .toString();
    }

    /** All options of a group, or of all groups; nothing if there is no such topic. */
    static Optional<String> topic(String topic) {
        List<OptionGroup> groups = Options.GROUPS.stream()
                .filter(group -> topic.equals(ALL_OPTIONS) || topic.equals(group.topic())).toList();
        return groups.isEmpty()
                ? Optional.empty()
                : Optional.of(groups.stream().map(group -> section(group.title(), group.options()))
                        .collect(Collectors.joining()).stripLeading());
    }

    private static String section(String title, List<Option<?>> options) {
        return "\n" + title + "\n"
                + CommandLineSpec.create(options).optionList().replace(CommandLineSpec.NO_BREAK, ' ');
    }

    private static String others(OptionGroup group) {
        String names = group.options().stream().filter(option -> !option.common()).map(Option::flag)
                .collect(Collectors.joining(" "));
        return ("also: " + names).replaceAll("(.{1,100})( |$)", "      $1\n");
    }

    private static String row(String name, String text) {
        return "  %-10s %s\n".formatted(name, text);
    }
}
