package dev.tinysse.access.command;

import java.io.PrintStream;

/** {@code tinysse api-key make}: makes a key of an application, and its line in the file of {@code --api-keys}. */
public final class ApiKeyCommand extends SubCommands {
    /** The command on standard output; found by {@link java.util.ServiceLoader}. */
    public ApiKeyCommand() {
        this(System.out, System.err);
    }

    ApiKeyCommand(PrintStream out, PrintStream err) {
        super(out, err, new ApiKeyMaker(out, err));
    }

    @Override
    public String name() {
        return "api-key";
    }

    @Override
    public String summary() {
        return "Create API keys";
    }
}
