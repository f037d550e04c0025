package dev.tinysse.server.settings;

import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Declares the flags to picocli, all with text values: they are parsed in the same way for every source.
 */
final class CommandLineSpec {

    /** A no-break space. */
    static final char NO_BREAK = 0xa0;

    private CommandLineSpec() {}

    static CommandSpec create() {
        return create(Options.ALL)
                .addOption(OptionSpec.builder("-h", "--help").usageHelp(true)
                        .description("Show the most frequent options and exit").build())
                .addOption(OptionSpec.builder("-V", "--version").versionHelp(true)
                        .description("Show name and version and exit").build());
    }

    /** Declares these options only. */
    static CommandSpec create(List<Option<?>> options) {
        CommandSpec spec = CommandSpec.create().name("tinysse");
        options.forEach(option -> spec.addOption(flag(option)));
        return spec;
    }

    /** The long flags. */
    static Collection<String> names() {
        return create().optionsMap().keySet().stream().filter(name -> name.startsWith("--")).toList();
    }

    private static OptionSpec flag(Option<?> option) {
        List<String> names = option.shortName().map(name -> List.of("-" + name, option.flag()))
                .orElse(List.of(option.flag()));
        OptionSpec.Builder flag = OptionSpec.builder(names.toArray(String[]::new))
                .description(description(option).replace("%", "%%"));
        return switch (option.format().shape()) {
            case SWITCH -> flag.type(boolean.class).arity("0").build();
            case REPEATED -> flag.type(String[].class).arity("1").paramLabel(option.valueName()).build();
            case TEXT, LIST -> flag.type(String.class).arity("1").paramLabel(option.valueName()).build();
        };
    }

    /** Description and default; no-break spaces keep the default in one line. */
    private static String description(Option<?> option) {
        String shown = option.shownDefault();
        boolean worthIt = option.format().shape() != Format.Shape.SWITCH && !shown.equals("none");
        return option.description() + (worthIt ? " " + ("(default: " + shown + ")").replace(' ', NO_BREAK) : "");
    }
}
