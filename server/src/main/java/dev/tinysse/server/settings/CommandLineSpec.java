package dev.tinysse.server.settings;

import dev.tinysse.cli.Syntax;
import java.util.List;

/** Declares the flags, all with text values: they are parsed in the same way for every source. */
final class CommandLineSpec {

    /** A no-break space. */
    static final char NO_BREAK = 0xa0;

    private CommandLineSpec() {}

    static Syntax create() {
        return create(Options.ALL).flag("-V --version", "Show name and version and exit").footer();
    }

    /** Declares these options only. */
    static Syntax create(List<Option<?>> options) {
        Syntax syntax = new Syntax("tinysse", List.of(), "");
        options.forEach(option -> add(syntax, option));
        return syntax;
    }

    private static void add(Syntax syntax, Option<?> option) {
        String names = option.shortName().map(name -> "-" + name + " ").orElse("") + option.flag();
        switch (option.format().shape()) {
            case SWITCH -> syntax.flag(names, description(option));
            case REPEATED -> syntax.repeatable(names, option.valueName(), description(option));
            case TEXT, LIST -> syntax.option(names, option.valueName(), description(option));
        }
    }

    /** Description and default; no-break spaces keep the default in one line. */
    private static String description(Option<?> option) {
        String shown = option.shownDefault();
        boolean worthIt = option.format().shape() != Format.Shape.SWITCH && !shown.equals("none");
        return option.description() + (worthIt ? " " + ("(default: " + shown + ")").replace(' ', NO_BREAK) : "");
    }
}
