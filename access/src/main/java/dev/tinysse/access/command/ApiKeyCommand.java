package dev.tinysse.access.command;

import dev.tinysse.api.Command;
import java.io.PrintStream;
import java.util.List;

/** {@code tinysse api-key make}: makes a key of an application, and its line in the file of {@code --api-keys}. */
public final class ApiKeyCommand implements Command {
    private final SubCommands commands;

    /** The command on standard output; found by {@link java.util.ServiceLoader}. */
    public ApiKeyCommand() {
        this(System.out, System.err);
    }

    ApiKeyCommand(PrintStream out, PrintStream err) {
        commands = new SubCommands(name(), List.of(new ApiKeyMaker(out, err)), out, err);
    }

    @Override
    public String name() {
        return "api-key";
    }

    @Override
    public String summary() {
        return "Create API keys";
    }

    @Override
    public int run(List<String> arguments) {
        return commands.run(arguments);
    }
}
